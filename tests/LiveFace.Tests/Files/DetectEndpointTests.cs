using System.Text.Json;
using LiveFace.Redaction.Policy;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

public sealed class DetectEndpointTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_face_is_told_with_its_place_its_points_and_that_it_would_be_hidden()
    {
        await using var server = await RunningServer.StartAsync();
        using var found = await DetectCalls.DetectAsync(server.Client, "/api/detect", await File.ReadAllBytesAsync(Portrait.Path, Cancel));

        (found.RootElement.GetProperty("width").GetInt32(), found.RootElement.GetProperty("height").GetInt32()).ShouldBe((512, 512));
        found.RootElement.GetProperty("look").GetString().ShouldBe("thorough");
        found.RootElement.GetProperty("covered").GetBoolean().ShouldBeFalse();
        var face = DetectCalls.Objects(found).First();
        (face.GetProperty("model").GetString(), face.GetProperty("class").GetString()).ShouldBe(("faces", "face"));
        face.GetProperty("hidden").GetBoolean().ShouldBeTrue();
        face.GetProperty("outline").ValueKind.ShouldBe(JsonValueKind.Null);
        var box = BoxOf(face);
        box.IntersectionOverUnion(Portrait.Face).ShouldBeGreaterThan(0.5f);
        var points = face.GetProperty("landmarks").EnumerateArray().Select(p => (X: 512 * p.GetProperty("x").GetSingle(), Y: 512 * p.GetProperty("y").GetSingle())).ToArray();
        points.Length.ShouldBe(5);
        points.ShouldAllBe(p => p.X > box.Left && p.X < box.Right && p.Y > box.Top && p.Y < box.Bottom);
        // The person's right is the picture's left, and a mouth is below the eyes.
        (points[0].X < points[1].X && points[3].X < points[4].X && points[0].Y < points[3].Y && points[1].Y < points[4].Y).ShouldBeTrue();
    }

    [Fact]
    public async Task A_model_by_its_id_goes_by_the_rules_for_the_job_that_it_does()
    {
        await using var server = await RunningServer.StartAsync();
        var file = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        using var own = await DetectCalls.DetectAsync(server.Client, $"/api/detect?look=quick&models={RealModels.Catalogue.ForPolicy("faces")!.Id}", file);
        DetectCalls.Objects(own).First().GetProperty("hidden").GetBoolean().ShouldBeTrue();
        using var covered = await DetectCalls.DetectAsync(server.Client, "/api/detect?look=quick&preset=cover-everything", file);
        covered.RootElement.GetProperty("covered").GetBoolean().ShouldBeTrue();
        DetectCalls.Objects(covered).ShouldAllBe(one => one.GetProperty("hidden").GetBoolean());
    }

    [Fact]
    public async Task It_goes_by_the_policy_of_a_room_where_one_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        server.Rooms.Room("boxes").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        using var found = await DetectCalls.DetectAsync(server.Client, "/api/detect?room=boxes&look=quick", await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        DetectCalls.Objects(found).First().GetProperty("hidden").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_picture_that_lies_is_told_upright()
    {
        await using var server = await RunningServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("liveface-turned-");
        try
        {
            var file = await TurnedPortrait.MakeAsync(folder.FullName, Cancel);
            using var found = await DetectCalls.DetectAsync(server.Client, "/api/detect?look=quick", file, "image/jpeg");
            BoxOf(DetectCalls.Objects(found).First()).IntersectionOverUnion(Portrait.Face).ShouldBeGreaterThan(0.5f);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BoxF BoxOf(JsonElement one)
    {
        var box = one.GetProperty("box");
        var (x, y) = (512 * box.GetProperty("x").GetSingle(), 512 * box.GetProperty("y").GetSingle());
        return new BoxF(x, y, x + 512 * box.GetProperty("width").GetSingle(), y + 512 * box.GetProperty("height").GetSingle());
    }
}
