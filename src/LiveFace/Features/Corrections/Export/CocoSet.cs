using System.Text.Json;
using LiveFace.Features.Corrections.State;
using LiveFace.Features.Files.Detections;

namespace LiveFace.Features.Corrections.Export;

/// <summary>
/// A set as COCO has it: what is in the pictures as annotations in pixels, and beside them, under names that COCO's readers do not
/// know, what a model found that is not there.
/// </summary>
internal static class CocoSet
{
    public static string PathOf(CorrectionRecord one) => $"{ExportParts.NameOf(ExportParts.Of(one))}/{one.Id}.jpg";

    public static string AnnotationsOf(ExportPart part) => $"annotations/{ExportParts.NameOf(part)}.json";

    public static void Write(Stream output, IReadOnlyList<CorrectionRecord> pictures, IReadOnlyList<string> classes)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("images");
        for (var i = 0; i < pictures.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("file_name", $"{pictures[i].Id}.jpg");
            json.WriteNumber("width", pictures[i].Width);
            json.WriteNumber("height", pictures[i].Height);
            json.WriteString("delete_by", pictures[i].Expires.UtcDateTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("categories");
        for (var i = 0; i < classes.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("name", classes[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        var id = 0;
        for (var i = 0; i < pictures.Count; i++)
            foreach (var (name, box, byHand) in pictures[i].Marks.Truth)
                Write(json, pictures[i], i + 1, box, Category(classes, name), ++id, byHand ? "hand" : "model");
        json.WriteEndArray();
        json.WriteStartArray("not_there");
        for (var i = 0; i < pictures.Count; i++)
            foreach (var wrong in pictures[i].Marks.Finds.Where(find => find.Said == FindVerdict.Wrong))
                Write(json, pictures[i], i + 1, wrong.Box, Category(classes, wrong.Class), ++id, "model");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CorrectionRecord picture, int image, PictureBox box, int category, int id, string by)
    {
        var (width, height) = (Round(box.Width * picture.Width), Round(box.Height * picture.Height));
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", category);
        json.WriteStartArray("bbox");
        foreach (var value in (ReadOnlySpan<decimal>)[Round(box.X * picture.Width), Round(box.Y * picture.Height), width, height])
            json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteNumber("area", Round((float)(width * height)));
        json.WriteNumber("iscrowd", 0);
        json.WriteString("by", by);
        json.WriteEndObject();
    }

    private static int Category(IReadOnlyList<string> classes, string name)
    {
        for (var i = 0; i < classes.Count; i++)
            if (classes[i] == name)
                return i + 1;
        throw new InvalidOperationException($"The class {name} is in no list.");
    }

    private static decimal Round(float value) => Math.Round((decimal)value, 2);
}
