using System.Globalization;
using System.Text;
using LiveFace.Features.Corrections.State;

namespace LiveFace.Features.Corrections.Export;

/// <summary>A set as YOLO's trainers read it: a line for each box in a text file beside each picture, and a file that names the classes.</summary>
internal static class YoloSet
{
    public static string PathOf(CorrectionRecord one) => $"images/{ExportParts.NameOf(ExportParts.Of(one))}/{one.Id}.jpg";

    public static string LabelsOf(CorrectionRecord one) => $"labels/{ExportParts.NameOf(ExportParts.Of(one))}/{one.Id}.txt";

    /// <summary>The class, then centre, width and height in parts of the picture.</summary>
    public static string Labels(CorrectionRecord one, IReadOnlyList<string> classes)
    {
        var lines = new StringBuilder();
        foreach (var (name, box, _) in one.Marks.Truth)
        {
            var index = Enumerable.Range(0, classes.Count).First(i => classes[i] == name);
            lines.Append(CultureInfo.InvariantCulture, $"{index} {box.X + box.Width / 2:F6} {box.Y + box.Height / 2:F6} {box.Width:F6} {box.Height:F6}\n");
        }

        return lines.ToString();
    }

    public static string Description(IReadOnlyList<string> classes)
    {
        var text = new StringBuilder("path: .\ntrain: images/train\nval: images/validation\nnames:\n");
        for (var i = 0; i < classes.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  {i}: \"{Quoted(classes[i])}\"\n");
        return text.ToString();
    }

    private static string Quoted(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
