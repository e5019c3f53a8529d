using System.Numerics;
using System.Text.Json.Serialization;
using LiveFace.Films.Pictures;
using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Files.Detections;

/// <summary>What is in a picture as COCO has it: one image, an annotation for each thing, in pixels.</summary>
internal sealed record CocoPicture(
    IReadOnlyList<CocoPicture.Image> Images, IReadOnlyList<CocoPicture.Annotation> Annotations, IReadOnlyList<CocoPicture.Category> Categories)
{
    public static CocoPicture Of(PictureFinds finds)
    {
        (string Model, string Class)[] kinds = [.. finds.Finds.Select(find => (find.Model, find.Class)).Distinct()];
        return new CocoPicture(
            [new Image(1, finds.Width, finds.Height)],
            [.. finds.Finds.Select((find, i) => AnnotationOf(find, i + 1, Array.IndexOf(kinds, (find.Model, find.Class)) + 1))],
            [.. kinds.Select((kind, i) => new Category(i + 1, kind.Class, kind.Model))]);
    }

    private static Annotation AnnotationOf(PictureFind find, int id, int category)
    {
        // COCO's points come with whether they can be seen: 2 is that they can.
        float[]? keypoints = find.Landmarks is { } points ? [.. PictureObject.PointsOf(points).SelectMany(p => (float[])[Round(p.X), Round(p.Y), 2])] : null;
        var box = find.Box;
        return new Annotation(
            id, 1, category, [Round(box.Left), Round(box.Top), Round(box.Width), Round(box.Height)], Round(AreaOf(find)), 0, MathF.Round(find.Score, 5),
            [.. (find.Outline ?? []).Select(ring => ring.SelectMany(p => (float[])[Round(p.X), Round(p.Y)]).ToArray())],
            keypoints, keypoints is null ? null : keypoints.Length / 3, FaceAttributes.Of(find.Reading));
    }

    private static float AreaOf(PictureFind find) => find.Outline is { Count: > 0 } outline ? outline.Sum(RingArea) : find.Box.Area;

    private static float RingArea(Vector2[] ring)
    {
        var area = 0f;
        for (var i = 0; i < ring.Length; i++)
            area += ring[i].X * ring[(i + 1) % ring.Length].Y - ring[(i + 1) % ring.Length].X * ring[i].Y;
        return MathF.Abs(area) / 2;
    }

    private static float Round(float value) => MathF.Round(value, 2);

    internal sealed record Image(int Id, int Width, int Height);

    internal sealed record Annotation(
        int Id, [property: JsonPropertyName("image_id")] int ImageId, [property: JsonPropertyName("category_id")] int CategoryId,
        IReadOnlyList<float> Bbox, float Area, int Iscrowd, float Score, IReadOnlyList<IReadOnlyList<float>> Segmentation,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<float>? Keypoints,
        [property: JsonPropertyName("num_keypoints"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? KeypointCount,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FaceAttributes? Attributes);

    internal sealed record Category(int Id, string Name, string Supercategory);
}
