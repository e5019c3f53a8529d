using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LiveFace.Access;
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
        using var found = await DetectAsync(server.Client, "/api/detect", await File.ReadAllBytesAsync(Portrait.Path, Cancel));

        (found.RootElement.GetProperty("width").GetInt32(), found.RootElement.GetProperty("height").GetInt32()).ShouldBe((512, 512));
        found.RootElement.GetProperty("look").GetString().ShouldBe("thorough");
        found.RootElement.GetProperty("covered").GetBoolean().ShouldBeFalse();
        var face = Objects(found).First();
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
    public async Task Several_models_answer_in_one_shape_and_a_mask_is_a_polygon()
    {
        await using var server = await RunningServer.StartAsync();
        var file = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        using var found = await DetectAsync(server.Client, "/api/detect?models=objects,outline,faces&look=quick", file);

        found.RootElement.GetProperty("look").GetString().ShouldBe("quick");
        Objects(found).Select(one => one.GetProperty("model").GetString()).Distinct().ShouldBe(["objects", "outline", "faces"]);
        var person = Objects(found).First(one => one.GetProperty("class").GetString() == "person" && one.GetProperty("model").GetString() == "objects");
        person.GetProperty("hidden").GetBoolean().ShouldBeFalse("blur-faces hides no persons");
        Objects(found).Last().GetProperty("hidden").GetBoolean().ShouldBeTrue();
        var outline = Objects(found).Single(one => one.GetProperty("model").GetString() == "outline").GetProperty("outline");
        var ring = outline[0].EnumerateArray().Select(p => (p.GetProperty("x").GetSingle(), p.GetProperty("y").GetSingle())).ToArray();
        ring.Length.ShouldBeGreaterThan(8);
        Contains(ring, Portrait.Face.CentreX / 512, Portrait.Face.CentreY / 512).ShouldBeTrue("the face belongs to the person");
        Contains(ring, 0.98f, 0.02f).ShouldBeFalse("the corner does not");
    }

    [Fact]
    public async Task A_model_by_its_id_goes_by_the_rules_for_the_job_that_it_does()
    {
        await using var server = await RunningServer.StartAsync();
        var file = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        using var own = await DetectAsync(server.Client, $"/api/detect?look=quick&models={RealModels.Catalogue.ForPolicy("faces")!.Id}", file);
        Objects(own).First().GetProperty("hidden").GetBoolean().ShouldBeTrue();
        using var covered = await DetectAsync(server.Client, "/api/detect?look=quick&preset=cover-everything", file);
        covered.RootElement.GetProperty("covered").GetBoolean().ShouldBeTrue();
        Objects(covered).ShouldAllBe(one => one.GetProperty("hidden").GetBoolean());
    }

    [Fact]
    public async Task It_goes_by_the_policy_of_a_room_where_one_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        server.Rooms.Room("boxes").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        using var found = await DetectAsync(server.Client, "/api/detect?room=boxes&look=quick", await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        Objects(found).First().GetProperty("hidden").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_picture_that_lies_is_told_upright()
    {
        await using var server = await RunningServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("liveface-turned-");
        try
        {
            var file = await TurnedPortrait.MakeAsync(folder.FullName, Cancel);
            using var found = await DetectAsync(server.Client, "/api/detect?look=quick", file, "image/jpeg");
            BoxOf(Objects(found).First()).IntersectionOverUnion(Portrait.Face).ShouldBeGreaterThan(0.5f);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Coco_has_pixels_points_and_polygons()
    {
        await using var server = await RunningServer.StartAsync();
        using var coco = await DetectAsync(server.Client, "/api/detect?format=coco&models=faces,outline&look=quick", await File.ReadAllBytesAsync(Portrait.Path, Cancel));
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
        using var found = await DetectAsync(server.Client, "/api/detect?look=quick&models=faces,objects&attributes=age,gender,emotion", file);
        var read = Objects(found).First().GetProperty("attributes");
        // Eileen Collins was in her thirties, and smiles.
        read.GetProperty("age").GetProperty("years").GetSingle().ShouldBeInRange(25, 50);
        read.GetProperty("age").GetProperty("low").GetSingle().ShouldBeLessThan(36);
        read.GetProperty("age").GetProperty("high").GetSingle().ShouldBeGreaterThan(35);
        read.GetProperty("gender").GetProperty("value").GetString().ShouldBeOneOf("female", "unsure");
        read.GetProperty("emotion").GetProperty("value").GetString().ShouldBe("happy");
        Objects(found).Last().GetProperty("attributes").ValueKind.ShouldBe(JsonValueKind.Null, "an object is no face");
        using var one = await DetectAsync(server.Client, "/api/detect?look=quick&attributes=gender", file);
        Objects(one).First().GetProperty("attributes").GetProperty("age").ValueKind.ShouldBe(JsonValueKind.Null);
        using var none = await DetectAsync(server.Client, "/api/detect?look=quick", file);
        Objects(none).First().GetProperty("attributes").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("?attributes=age,shoes", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("", "image/gif", HttpStatusCode.UnsupportedMediaType, "media-type-unsupported")]
    [InlineData("", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?preset=none", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?models=ghosts", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?models=sface", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?models=a,b,c,d,e,f,g,h,i", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?look=hard", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?format=xml", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("?room=.a", "image/png", HttpStatusCode.BadRequest, "room-name-invalid")]
    public async Task What_cannot_be_done_says_why(string query, string type, HttpStatusCode status, string code)
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, "/api/detect" + query, "no picture"u8.ToArray(), type);
        await answer.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_and_one_of_a_pixel_are_answered()
    {
        await using var server = await RunningServer.StartAsync();
        using var huge = await PostAsync(server.Client, "/api/detect", TestPng.Of(10_000, 2_500, 0xFFFF_FFFF));
        await huge.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        (await huge.Content.ReadAsStringAsync(Cancel)).ShouldContain("pixels");
        using var full = await PostAsync(server.Client, "/api/detect", new byte[(20 << 20) + 1]);
        await full.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var pixel = await DetectAsync(server.Client, "/api/detect", TestPng.Of(1, 1, 0x8040_20FF));
        Objects(pixel).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_for_viewers_does_not_detect_and_one_for_a_room_does_not_go_by_another()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var refused = await PostAsync(viewer, "/api/detect", []);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var publisher = server.ClientWith(server.MakeKey(Roles.Publish, "mine"));
        using var other = await PostAsync(publisher, "/api/detect?room=yours", []);
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    private static async Task<JsonDocument> DetectAsync(HttpClient client, string address, byte[] file, string type = "image/png")
    {
        using var answer = await PostAsync(client, address, file, type);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return JsonDocument.Parse(text);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, byte[] file, string type = "image/png")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
            // What is refused by its length is refused before it is sent.
            Headers = { ExpectContinue = true },
        };
        return await client.SendAsync(request, Cancel);
    }

    private static JsonElement[] Objects(JsonDocument found) => [.. found.RootElement.GetProperty("objects").EnumerateArray()];

    private static BoxF BoxOf(JsonElement one)
    {
        var box = one.GetProperty("box");
        var (x, y) = (512 * box.GetProperty("x").GetSingle(), 512 * box.GetProperty("y").GetSingle());
        return new BoxF(x, y, x + 512 * box.GetProperty("width").GetSingle(), y + 512 * box.GetProperty("height").GetSingle());
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
