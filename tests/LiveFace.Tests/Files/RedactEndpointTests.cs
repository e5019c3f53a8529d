using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using LiveFace.Access;
using LiveFace.Redaction.Policy;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

public sealed class RedactEndpointTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_comes_back_with_its_face_hidden()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, "/api/redact", await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        int.Parse(answer.Headers.GetValues("LiveFace-Found").Single(), CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        Portrait.FaceIn(await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task It_goes_by_the_policy_of_a_room_where_one_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        server.Rooms.Room("boxes").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        using var answer = await PostAsync(server.Client, "/api/redact?room=boxes", await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        Portrait.FaceIn(await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Theory]
    [InlineData("/api/redact", "image/gif", HttpStatusCode.UnsupportedMediaType, "media-type-unsupported")]
    [InlineData("/api/redact", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("/api/redact?preset=none", "image/png", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("/api/redact?room=.a", "image/png", HttpStatusCode.BadRequest, "room-name-invalid")]
    public async Task What_cannot_be_done_says_why(string address, string type, HttpStatusCode status, string code)
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, address, "no picture"u8.ToArray(), type);
        await answer.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task A_key_for_viewers_does_not_redact_and_one_for_a_room_does_not_go_by_another()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var refused = await PostAsync(viewer, "/api/redact", []);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var publisher = server.ClientWith(server.MakeKey(Roles.Publish, "mine"));
        using var other = await PostAsync(publisher, "/api/redact?room=yours", []);
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, byte[] file, string type = "image/png")
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await client.PostAsync(address, content, Cancel);
    }
}
