using System.Text.Json;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// Pictures with boxes, one JSON object a line: <c>{"file": "a.jpg", "faces": [[x, y, width, height], …], "ignore": […]}</c>.
/// Files are found from the folder of the list; numbers are pixels of the upright picture; a picture without faces has an
/// empty list; "ignore" may be left out.
/// </summary>
internal static class FacesFile
{
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file and line.</exception>
    public static List<SightPicture> Read(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"The list {path} is not there.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var group = Path.GetFileNameWithoutExtension(path);
        var pictures = new List<SightPicture>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                var file = Path.Combine(folder, json.RootElement.GetProperty("file").GetString()!);
                var faces = Boxes(json.RootElement.GetProperty("faces"));
                var ignored = json.RootElement.TryGetProperty("ignore", out var ignore) ? Boxes(ignore) : [];
                pictures.Add(new SightPicture(
                    file, group, pool => ImageFile.Decode(File.ReadAllBytes(file), pool), [.. faces.Select(Oval)], ignored));
            }
            catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException(
                    $"{path}, line {number}: expected {{\"file\": …, \"faces\": [[x, y, width, height], …]}}. {wrong.Message}", wrong);
            }
        }

        return pictures.Count > 0 ? pictures : throw new InvalidDataException($"The list {path} names no picture.");
    }

    /// <summary>The upright oval that a box is drawn round.</summary>
    public static FaceTruth Oval(BoxF box, int id) => new(id, box.CentreX, box.CentreY, box.Width, box.Height, 0, Counts: true);

    private static BoxF[] Boxes(JsonElement list) =>
    [
        .. list.EnumerateArray().Select(box => box.GetArrayLength() == 4
            ? new BoxF(box[0].GetSingle(), box[1].GetSingle(), box[0].GetSingle() + box[2].GetSingle(), box[1].GetSingle() + box[3].GetSingle())
            : throw new FormatException("A box has four numbers.")),
    ];
}
