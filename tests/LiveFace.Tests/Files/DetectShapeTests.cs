using System.Text.Json;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>Masks, points and polygons, and what is read of a face.</summary>
public sealed class DetectShapeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_models_answer_in_one_shape_and_a_mask_is_a_polygon()
    {
        await using var server = await RunningServer.StartAsync();
        var file = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        using var found = await DetectCalls.DetectAsync(server.Client, "/api/detect?models=objects,outline,faces&look=quick", file);

        found.RootElement.GetProperty("look").GetString().ShouldBe("quick");
        DetectCalls.Objects(found).Select(one => one.GetProperty("model").GetString()).Distinct().ShouldBe(["objects", "outline", "faces"]);
        var person = DetectCalls.Objects(found).First(one => one.GetProperty("class").GetString() == "person" && one.GetProperty("model").GetString() == "objects");
        person.GetProperty("hidden").GetBoolean().ShouldBeFalse("blur-faces hides no persons");
        DetectCalls.Objects(found).Last().GetProperty("hidden").GetBoolean().ShouldBeTrue();
        var outline = DetectCalls.Objects(found).Single(one => one.GetProperty("model").GetString() == "outline").GetProperty("outline");
        var ring = outline[0].EnumerateArray().Select(p => (p.GetProperty("x").GetSingle(), p.GetProperty("y").GetSingle())).ToArray();
        ring.Length.ShouldBeGreaterThan(8);
        Contains(ring, Portrait.Face.CentreX / 512, Portrait.Face.CentreY / 512).ShouldBeTrue("the face belongs to the person");
        Contains(ring, 0.98f, 0.02f).ShouldBeFalse("the corner does not");
    }

    [Fact]
    public async Task Coco_has_pixels_points_and_polygons()
    {
        await using var server = await RunningServer.StartAsync();
        using var coco = await DetectCalls.DetectAsync(server.Client, "/api/detect?format=coco&models=faces,outline&look=quick", await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        var image = coco.RootElement.GetProperty("images")[0];
        (image.GetProperty("id").GetInt32(), image.GetProperty("width").GetInt32()).ShouldBe((1, 512));
        var categories = coco.RootElement.GetProperty("categories").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetInt32(), c => c.GetProperty("name").GetString());
        var annotations = coco.RootElement.GetProperty("annotations").EnumerateArray().ToArray();
        annotations.Select(a => a.GetProperty("id").GetInt32()).ShouldBe(Enumerable.Range(1, annotations.Length));
        var face = annotations.First(a => categories[a.GetProperty("category_id").GetInt32()] == "face");
        var box = face.GetProperty("bbox").EnumerateArray().Select(v => v.GetSingle()).ToArray();
        new BoxF(box[0], box[1], box[0] + box[2], box[1] + box[3]).IntersectionOverUnion(Portrait.Face).ShouldBeGreaterThan(0.5f);
        (face.GetProperty("num_keypoints").GetInt32(), face.GetProperty("keypoints").GetArrayLength()).ShouldBe((5, 15));
        var person = annotations.Single(a => categories[a.GetProperty("category_id").GetInt32()] == "person");
        person.GetProperty("segmentation")[0].GetArrayLength().ShouldBeGreaterThan(16);
        person.TryGetProperty("keypoints", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_face_is_read_where_it_is_asked_for_and_nothing_else_is()
    {
        await using var server = await RunningServer.StartAsync();
        var file = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        using var found = await DetectCalls.DetectAsync(server.Client, "/api/detect?look=quick&models=faces,objects&attributes=age,gender,emotion", file);
        var read = DetectCalls.Objects(found).First().GetProperty("attributes");
        // Eileen Collins was in her thirties, and smiles.
        read.GetProperty("age").GetProperty("years").GetSingle().ShouldBeInRange(25, 50);
        read.GetProperty("age").GetProperty("low").GetSingle().ShouldBeLessThan(36);
        read.GetProperty("age").GetProperty("high").GetSingle().ShouldBeGreaterThan(35);
        read.GetProperty("gender").GetProperty("value").GetString().ShouldBeOneOf("female", "unsure");
        read.GetProperty("emotion").GetProperty("value").GetString().ShouldBe("happy");
        DetectCalls.Objects(found).Last().GetProperty("attributes").ValueKind.ShouldBe(JsonValueKind.Null, "an object is no face");
        using var one = await DetectCalls.DetectAsync(server.Client, "/api/detect?look=quick&attributes=gender", file);
        DetectCalls.Objects(one).First().GetProperty("attributes").GetProperty("age").ValueKind.ShouldBe(JsonValueKind.Null);
        using var none = await DetectCalls.DetectAsync(server.Client, "/api/detect?look=quick", file);
        DetectCalls.Objects(none).First().GetProperty("attributes").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static bool Contains((float X, float Y)[] ring, float x, float y)
    {
        var inside = false;
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X)
                inside = !inside;
        }

        return inside;
    }
}
