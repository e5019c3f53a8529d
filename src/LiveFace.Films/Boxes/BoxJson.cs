using System.Globalization;
using System.Text.Json;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Boxes;

/// <summary>The pieces of a box file as JSON, both ways. docs/reference/box-file.md describes each field.</summary>
internal static class BoxJson
{

    public const int MostPicture = 1 << 28;
    public const int MostModels = 16;
    private const int MostText = 1024;
    private const int MostLabels = 4096;

    private static readonly string[] Verdicts = ["seen", "not-finite", "failed", "too-many"];
    private static readonly string[] Origins = ["seen", "between", "carried", "hand"];

    public static void Write(Utf8JsonWriter to, FilmFacts film)
    {
        to.WriteStartObject();
        to.WriteString("name", film.Name);
        if (film.Bytes is { } bytes)
            to.WriteNumber("bytes", bytes);
        if (film.Sha256 is { } hash)
            to.WriteString("sha256", hash);
        to.WriteString("container", film.Container);
        to.WriteString("codec", film.Codec);
        to.WriteNumber("width", film.Width);
        to.WriteNumber("height", film.Height);
        BoxPieces.Number(to, "rate", (float)film.FramesPerSecond, 3);
        if (film.Duration is { } duration)
            BoxPieces.Seconds(to, "duration", duration);
        if (film.Part.From is { } from)
            BoxPieces.Seconds(to, "from", from);
        if (film.Part.To is { } until)
            BoxPieces.Seconds(to, "to", until);
        to.WriteEndObject();
    }

    public static FilmFacts ReadFilm(JsonElement element, string where)
    {
        var fields = new JsonFields(
            element, where, "name", "bytes", "sha256", "container", "codec", "width", "height", "rate", "duration", "from", "to");
        return new FilmFacts(
            fields.Text("name", MostText), fields.Has("bytes") ? fields.Long("bytes", 0, long.MaxValue) : null, BoxPieces.Hash(fields),
            fields.Text("container", MostText), fields.Text("codec", MostText),
            fields.Integer("width", 1, 1 << 16), fields.Integer("height", 1, 1 << 16), fields.Number("rate", 0, 100_000),
            fields.Has("duration") ? fields.Seconds("duration") : null)
        {
            Part = new FilmPart(fields.Has("from") ? fields.Seconds("from") : null, fields.Has("to") ? fields.Seconds("to") : null),
        };
    }

    public static void Write(Utf8JsonWriter to, BoxModel model)
    {
        to.WriteStartObject();
        to.WriteString("name", model.Name);
        to.WriteString("id", model.Id);
        if (model.Sha256 is { } hash)
            to.WriteString("sha256", hash);
        to.WriteStartArray("labels");
        foreach (var label in model.Labels)
            to.WriteStringValue(label);
        to.WriteEndArray();
        BoxPieces.Number(to, "score", model.Score, 4);
        to.WriteStartArray("hides");
        BoxPieces.Number(to, model.HidesSmall, 4);
        BoxPieces.Number(to, model.HidesLarge, 4);
        to.WriteEndArray();
        if (model.Seconds.Count > 0)
        {
            to.WriteStartArray("seconds");
            foreach (var second in model.Seconds)
            {
                to.WriteStartObject();
                to.WriteString("id", second.Id);
                if (second.Sha256 is { } of)
                    to.WriteString("sha256", of);
                to.WriteEndObject();
            }

            to.WriteEndArray();
        }

        to.WriteEndObject();
    }

    public static BoxModel ReadModel(JsonElement element, string where)
    {
        var fields = new JsonFields(element, where, "name", "id", "sha256", "labels", "score", "hides", "seconds");
        var hides = BoxPieces.Numbers(fields.Array("hides"), fields.At("hides"), 2, 0, 100);
        return new BoxModel(
            fields.Text("name", MostText), fields.Text("id", MostText), BoxPieces.Hash(fields), Labels(fields.Array("labels"), fields.At("labels")),
            fields.Number("score", 0, 1), hides[0], hides[1])
        {
            Seconds = fields.Has("seconds") ? ReadSeconds(fields.Array("seconds"), fields.At("seconds")) : [],
        };
    }

    public static void Write(Utf8JsonWriter to, BoxTrack track)
    {
        to.WriteStartObject();
        to.WriteNumber("id", track.Id);
        to.WriteNumber("model", track.Model);
        to.WriteNumber("class", track.Class);
        BoxPieces.Number(to, "score", track.Score, 4);
        BoxPieces.Number(to, "doubt", track.Doubt, 4);
        to.WriteNumber("first", track.First);
        BoxReadings.Write(to, "attributes", track.Read);
        to.WriteStartArray("boxes");
        foreach (ref readonly var box in track.Boxes)
        {
            to.WriteStartArray();
            BoxPieces.Box(to, box.Box);
            BoxPieces.Number(to, box.Doubt, 3);
            to.WriteStringValue(Origins[(int)box.Origin]);
            to.WriteEndArray();
        }

        to.WriteEndArray();
        to.WriteEndObject();
    }

    public static BoxTrack ReadTrack(JsonElement element, string where, IReadOnlyList<BoxModel> models, FaceTraits traits)
    {
        var fields = new JsonFields(element, where, "id", "model", "class", "score", "doubt", "first", "attributes", "boxes");
        var model = fields.Integer("model", 0, models.Count - 1);
        var track = new BoxTrack(
            fields.Integer("id", 1, int.MaxValue), model, fields.Integer("class", 0, models[model].Labels.Count - 1),
            fields.Integer("first", 0, MostPicture))
        {
            Score = fields.Number("score", 0, 1), Doubt = fields.Number("doubt", 0, 1), Read = BoxReadings.Read(fields, "attributes", traits),
        };
        var boxes = fields.Array("boxes");
        if (boxes.GetArrayLength() is 0 or > MostPicture)
            throw JsonFields.Wrong(fields.At("boxes"), "expected a box or more");
        var index = 0;
        foreach (var box in boxes.EnumerateArray())
            track.Add(ReadTrackBox(box, $"{where}.boxes", index++));
        return track;
    }

    public static void Write(Utf8JsonWriter to, BoxPicture picture)
    {
        to.WriteStartObject();
        to.WriteNumber("n", picture.Index);
        BoxPieces.Seconds(to, "at", picture.At);
        to.WriteString("print", picture.Print.ToString("x16", CultureInfo.InvariantCulture));
        if (picture.Cut)
            to.WriteBoolean("cut", true);
        to.WriteStartArray("looks");
        foreach (var look in picture.Looks)
        {
            to.WriteStartObject();
            to.WriteNumber("model", look.Model);
            to.WriteNumber("smallest", look.SmallestFace);
            if (look.Thorough)
                to.WriteBoolean("thorough", true);
            BoxPieces.Number(to, "strong", look.Strong, 4);
            if (!look.IsSound)
                to.WriteString("verdict", Verdicts[(int)look.Verdict]);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        to.WriteStartArray("found");
        foreach (var find in picture.Found)
            Write(to, find);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    public static void ReadPicture(JsonElement element, int expected, TimeSpan after, BoxFileHead head, BoxPicture picture)
    {
        var where = $"$.pictures[{expected}]";
        var fields = new JsonFields(element, where, "n", "at", "print", "cut", "looks", "found");
        fields.Integer("n", expected, expected);
        var at = fields.Seconds("at");
        if (at <= after)
            throw JsonFields.Wrong(fields.At("at"), "times only ever grow");
        if (!ulong.TryParse(fields.Text("print", 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var print))
            throw JsonFields.Wrong(fields.At("print"), "expected 16 hexadecimal digits");
        picture.Begin(expected, at, print, fields.Flag("cut"));
        ReadLooks(fields, where, head.Models, picture);
        var index = 0;
        foreach (var item in fields.Array("found").EnumerateArray())
            picture.Found.Add(ReadFind(item, $"{where}.found[{index++}]", head));
    }

    private static void ReadLooks(JsonFields fields, string where, IReadOnlyList<BoxModel> models, BoxPicture picture)
    {
        var index = 0;
        foreach (var item in fields.Array("looks").EnumerateArray())
        {
            var place = $"{where}.looks[{index++}]";
            var look = new JsonFields(item, place, "model", "smallest", "thorough", "strong", "verdict");
            var model = look.Integer("model", 0, models.Count - 1);
            if (picture.Looks.Any(other => other.Model == model))
                throw JsonFields.Wrong(place, "that model has looked at the picture already");
            picture.Looks.Add(new BoxLook(
                model, look.Integer("smallest", 0, int.MaxValue), look.Flag("thorough"), look.Number("strong", 0, 1),
                look.Has("verdict") ? (DetectionVerdict)BoxPieces.Word(look.Text("verdict", MostText), look.At("verdict"), Verdicts) : DetectionVerdict.Seen));
        }
    }

    private static void Write(Utf8JsonWriter to, in BoxFind find)
    {
        to.WriteStartObject();
        to.WriteNumber("model", find.Model);
        to.WriteNumber("class", find.Class);
        BoxPieces.Number(to, "score", find.Score, 4);
        to.WriteStartArray("box");
        BoxPieces.Box(to, find.Box);
        to.WriteEndArray();
        if (find.Points is { } p)
        {
            to.WriteStartArray("points");
            foreach (var value in (ReadOnlySpan<float>)[p.RightEyeX, p.RightEyeY, p.LeftEyeX, p.LeftEyeY, p.NoseX, p.NoseY, p.RightMouthX, p.RightMouthY, p.LeftMouthX, p.LeftMouthY])
                BoxPieces.Number(to, value, 2);
            to.WriteEndArray();
        }

        BoxReadings.Write(to, "attributes", find.Read);
        if (find.Second)
            to.WriteBoolean("second", true);
        to.WriteEndObject();
    }

    private static BoxFind ReadFind(JsonElement element, string where, BoxFileHead head)
    {
        var fields = new JsonFields(element, where, "model", "class", "score", "box", "points", "attributes", "second");
        var models = head.Models;
        var model = fields.Integer("model", 0, models.Count - 1);
        FaceLandmarks? points = null;
        if (fields.Has("points"))
        {
            var p = BoxPieces.Numbers(fields.Array("points"), fields.At("points"), 10, -BoxPieces.MostCoordinate, BoxPieces.MostCoordinate);
            points = new FaceLandmarks(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9]);
        }

        return new BoxFind(
            model, fields.Integer("class", 0, models[model].Labels.Count - 1), fields.Number("score", 0, 1),
            BoxPieces.ReadBox(fields.Array("box"), fields.At("box"), 4), points, fields.Flag("second"))
        {
            Read = BoxReadings.Read(fields, "attributes", head.Attributes),
        };
    }

    private static TrackBox ReadTrackBox(JsonElement element, string where, int index)
    {
        where = $"{where}[{index}]";
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 6)
            throw JsonFields.Wrong(where, "expected four edges, a doubt and an origin");
        if (element[5].ValueKind != JsonValueKind.String)
            throw JsonFields.Wrong($"{where}[5]", $"expected one of {string.Join(", ", Origins)}");
        return new TrackBox(
            BoxPieces.ReadBox(element, where, 6), JsonFields.Number(element[4], $"{where}[4]", 0, TrackBox.MostDoubt),
            (BoxOrigin)BoxPieces.Word(element[5].ToString(), $"{where}[5]", Origins));
    }

    private static string[] Labels(JsonElement array, string where)
    {
        if (array.GetArrayLength() is 0 or > MostLabels)
            throw JsonFields.Wrong(where, $"expected 1 to {MostLabels} labels");
        var labels = new List<string>();
        foreach (var item in array.EnumerateArray())
            labels.Add(item.ValueKind == JsonValueKind.String && item.GetString() is { Length: <= MostText } text
                ? text
                : throw JsonFields.Wrong($"{where}[{labels.Count}]", "expected text"));
        return [.. labels];
    }

    private static BoxModelFile[] ReadSeconds(JsonElement array, string where)
    {
        var seconds = new List<BoxModelFile>();
        foreach (var item in array.EnumerateArray())
        {
            var fields = new JsonFields(item, $"{where}[{seconds.Count}]", "id", "sha256");
            seconds.Add(new BoxModelFile(fields.Text("id", MostText), BoxPieces.Hash(fields)));
            if (seconds.Count > MostModels)
                throw JsonFields.Wrong(where, $"expected {MostModels} models at most");
        }

        return [.. seconds];
    }
}
