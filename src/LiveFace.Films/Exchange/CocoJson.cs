using System.Text.Json;
using LiveFace.Films.Boxes;

namespace LiveFace.Films.Exchange;

/// <summary>COCO: an image for each picture, an annotation for each box, with its track as <c>track_id</c>.</summary>
internal static class CocoJson
{
    private const int MostBytes = 512 << 20;

    public static void Write(Stream output, BoxFileHead head, IReadOnlyList<BoxTrack> tracks, int pictures)
    {
        var labels = Labels(head);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("images");
        for (var picture = 0; picture < pictures; picture++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", picture + 1);
            json.WriteString("file_name", $"{picture:D8}");
            json.WriteNumber("frame_index", picture);
            json.WriteNumber("width", head.Film.Width);
            json.WriteNumber("height", head.Film.Height);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("categories");
        for (var i = 0; i < labels.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("name", labels[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        var id = 1;
        foreach (var track in tracks)
            for (var picture = track.First; picture <= track.Last; picture++)
                Write(json, id++, track, picture, Array.IndexOf(labels, head.Models[track.Model].Labels[track.Class]) + 1);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Read(Stream input, KeyedTracks into)
    {
        if (input.CanSeek && input.Length > MostBytes)
            throw new BoxFileException($"It has more than {MostBytes} bytes.");
        try
        {
            using var document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 16 });
            Read(document.RootElement, into);
        }
        catch (JsonException error)
        {
            throw new BoxFileException($"Line {error.LineNumber + 1}: it is no JSON.", error);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new BoxFileException("It is no COCO file: images, annotations and categories were expected, each with its id.", error);
        }
    }

    private static void Read(JsonElement root, KeyedTracks into)
    {
        var pictures = new Dictionary<long, int>();
        foreach (var image in root.GetProperty("images").EnumerateArray())
            // Tools that know nothing of frame_index list images in the film's order.
            pictures[image.GetProperty("id").GetInt64()] = image.TryGetProperty("frame_index", out var index) ? index.GetInt32() : pictures.Count;
        var labels = new Dictionary<long, string>();
        foreach (var category in root.GetProperty("categories").EnumerateArray())
            labels[category.GetProperty("id").GetInt64()] = category.GetProperty("name").GetString()!;
        var lone = 0;
        foreach (var item in root.GetProperty("annotations").EnumerateArray())
        {
            var edges = item.GetProperty("bbox");
            var (left, top) = (edges[0].GetSingle(), edges[1].GetSingle());
            var box = new BoxF(left, top, left + edges[2].GetSingle(), top + edges[3].GetSingle());
            // What has no track is one of its own in its picture.
            var id = item.TryGetProperty("track_id", out var track) ? track.GetInt32() : --lone;
            var where = $"annotations[{item.GetProperty("id").GetInt64()}]";
            if (!pictures.TryGetValue(item.GetProperty("image_id").GetInt64(), out var picture) || !labels.TryGetValue(item.GetProperty("category_id").GetInt64(), out var label))
                throw new BoxFileException($"{where}: its image or category is missing.");
            if (!into.TryAdd(id, label, picture, box, item.TryGetProperty("score", out var score) ? score.GetSingle() : 1))
                throw new BoxFileException($"{where}: it is no box of a '{label}' in this film.");
        }
    }

    private static string[] Labels(BoxFileHead head) => [.. head.Models.SelectMany(model => model.Labels).Distinct(StringComparer.Ordinal)];

    private static void Write(Utf8JsonWriter json, int id, BoxTrack track, int picture, int category)
    {
        var box = track[picture].Cover;
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", picture + 1);
        json.WriteNumber("category_id", category);
        json.WriteNumber("track_id", track.Id);
        json.WriteStartArray("bbox");
        foreach (var value in (ReadOnlySpan<float>)[box.Left, box.Top, box.Width, box.Height])
            json.WriteNumberValue(Math.Round((decimal)value, 2));
        json.WriteEndArray();
        json.WriteNumber("area", Math.Round((decimal)box.Area, 2));
        json.WriteNumber("iscrowd", 0);
        json.WriteNumber("score", Math.Round((decimal)track.Score, 4));
        json.WriteEndObject();
    }
}
