using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveFace.Films.Boxes;

namespace LiveFace.Films.Review;

/// <summary>An edit as a line of JSON, both ways. docs/reference/box-file.md describes them.</summary>
internal static class EditJson
{
    private const int MostName = 200;
    private const int MostTracks = 100_000;
    private static readonly string[] Kinds = ["hide", "keep", "keepOnly", "join", "split", "cut", "box", "keyframes", "cover", "mute", "beep", "undo"];

    public static string Write(LoggedEdit logged)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("edit", logged.Number);
            json.WriteString("at", logged.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            if (logged.By is { } by)
                json.WriteString("by", by);
            Write(json, logged.Edit);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static LoggedEdit Read(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
        var fields = new JsonFields(document.RootElement, "$", ["edit", "at", "by", .. Kinds]);
        var kinds = Kinds.Where(fields.Has).ToList();
        if (kinds is not [var kind])
            throw JsonFields.Wrong("$", $"expected one of {string.Join(", ", Kinds)}");
        if (!DateTimeOffset.TryParse(fields.Text("at", 40), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw JsonFields.Wrong("$.at", "expected a time");
        return new LoggedEdit(
            fields.Integer("edit", 1, EditLog.MostEdits), at, fields.Has("by") ? fields.Text("by", MostName) : null, Read(kind, fields));
    }

    private static void Write(Utf8JsonWriter json, FilmEdit edit)
    {
        switch (edit)
        {
            case HideTracks hide:
                Tracks(json, "hide", hide.Tracks);
                break;
            case KeepTracks keep:
                Tracks(json, "keep", keep.Tracks);
                break;
            case KeepOnly only:
                Tracks(json, "keepOnly", only.Tracks);
                break;
            case JoinTracks join:
                Numbers(json, "join", ("track", join.Track), ("with", join.Other));
                break;
            case SplitTrack split:
                Numbers(json, "split", ("track", split.Track), ("at", split.Picture), ("as", split.NewTrack));
                break;
            case CutTrack cut:
                Numbers(json, "cut", ("track", cut.Track), ("from", cut.From), ("to", cut.To));
                break;
            case AddBox add:
                json.WriteStartObject("box");
                Kind(json, add.Model, add.Class, add.NewTrack);
                Key(json, new KeyBox(add.Picture, add.Box));
                json.WriteEndObject();
                break;
            case AddKeyframes add:
                json.WriteStartObject("keyframes");
                Kind(json, add.Model, add.Class, add.NewTrack);
                json.WriteStartArray("boxes");
                foreach (var box in add.Boxes)
                {
                    json.WriteStartObject();
                    Key(json, box);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case CoverTime cover:
                Range(json, "cover", cover.Time);
                break;
            case HideSound sound:
                Range(json, sound.How == SoundEdit.Mute ? "mute" : "beep", sound.Time);
                break;
            case UndoEdit undo:
                json.WriteNumber("undo", undo.Edit);
                break;
            default:
                throw new InvalidOperationException($"An edit of the kind {edit.GetType().Name} has no form.");
        }
    }

    private static FilmEdit Read(string kind, JsonFields fields)
    {
        var where = $"$.{kind}";
        switch (kind)
        {
            case "hide":
                return new HideTracks(Tracks(fields.Array(kind), where));
            case "keep":
                return new KeepTracks(Tracks(fields.Array(kind), where));
            case "keepOnly":
                return new KeepOnly(Tracks(fields.Array(kind), where));
            case "undo":
                return new UndoEdit(fields.Integer(kind, 1, EditLog.MostEdits));
            case "join":
                var join = new JsonFields(fields.Of(kind), where, "track", "with");
                return new JoinTracks(join.Integer("track", 1, int.MaxValue), join.Integer("with", 1, int.MaxValue));
            case "split":
                var split = new JsonFields(fields.Of(kind), where, "track", "at", "as");
                return new SplitTrack(split.Integer("track", 1, int.MaxValue), Picture(split, "at"), split.Integer("as", 1, int.MaxValue));
            case "cut":
                var cut = new JsonFields(fields.Of(kind), where, "track", "from", "to");
                var (from, to) = (Picture(cut, "from"), Picture(cut, "to"));
                return from <= to ? new CutTrack(cut.Integer("track", 1, int.MaxValue), from, to) : throw JsonFields.Wrong(where, "ends before it begins");
            case "box":
                var box = new JsonFields(fields.Of(kind), where, "model", "class", "as", "picture", "box");
                var key = Key(box);
                return new AddBox(Model(box), Class(box), key.Picture, key.Box, box.Integer("as", 1, int.MaxValue));
            case "keyframes":
                var keys = new JsonFields(fields.Of(kind), where, "model", "class", "as", "boxes");
                var boxes = new List<KeyBox>();
                foreach (var item in keys.Array("boxes").EnumerateArray())
                    boxes.Add(Key(new JsonFields(item, $"{where}.boxes[{boxes.Count}]", "picture", "box")));
                return new AddKeyframes(Model(keys), Class(keys), boxes, keys.Integer("as", 1, int.MaxValue));
            case "cover":
                return new CoverTime(Range(fields.Of(kind), where));
            default:
                return new HideSound(Range(fields.Of(kind), where), kind == "mute" ? SoundEdit.Mute : SoundEdit.Beep);
        }
    }

    private static int Model(JsonFields fields) => fields.Integer("model", 0, BoxJson.MostModels - 1);

    private static int Class(JsonFields fields) => fields.Integer("class", 0, ushort.MaxValue);

    private static int Picture(JsonFields fields, string name) => fields.Integer(name, 0, BoxJson.MostPicture);

    private static KeyBox Key(JsonFields fields) =>
        new(Picture(fields, "picture"), BoxPieces.ReadBox(fields.Array("box"), fields.At("box"), 4));

    private static TimeRange Range(JsonElement element, string where)
    {
        var fields = new JsonFields(element, where, "from", "to");
        var range = new TimeRange(fields.Seconds("from"), fields.Seconds("to"));
        return range.From < range.To ? range : throw JsonFields.Wrong(where, "ends before it begins");
    }

    private static int[] Tracks(JsonElement array, string where)
    {
        if (array.GetArrayLength() > MostTracks)
            throw JsonFields.Wrong(where, $"names more than {MostTracks} tracks");
        var tracks = new List<int>();
        foreach (var item in array.EnumerateArray())
            tracks.Add(JsonFields.Integer(item, $"{where}[{tracks.Count}]", 1, int.MaxValue));
        return [.. tracks];
    }

    private static void Tracks(Utf8JsonWriter json, string name, IReadOnlyList<int> tracks)
    {
        json.WriteStartArray(name);
        foreach (var track in tracks)
            json.WriteNumberValue(track);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, int Value)> values)
    {
        json.WriteStartObject(name);
        foreach (var (field, value) in values)
            json.WriteNumber(field, value);
        json.WriteEndObject();
    }

    private static void Kind(Utf8JsonWriter json, int model, int @class, int track)
    {
        json.WriteNumber("model", model);
        json.WriteNumber("class", @class);
        json.WriteNumber("as", track);
    }

    private static void Key(Utf8JsonWriter json, KeyBox key)
    {
        json.WriteNumber("picture", key.Picture);
        json.WriteStartArray("box");
        BoxPieces.Box(json, key.Box);
        json.WriteEndArray();
    }

    private static void Range(Utf8JsonWriter json, string name, TimeRange range)
    {
        json.WriteStartObject(name);
        BoxPieces.Seconds(json, "from", range.From);
        BoxPieces.Seconds(json, "to", range.To);
        json.WriteEndObject();
    }
}
