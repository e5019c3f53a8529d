using System.Net;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>What cannot be detected says why, and who may ask.</summary>
public sealed class DetectRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        using var answer = await DetectCalls.PostAsync(server.Client, "/api/detect" + query, "no picture"u8.ToArray(), type);
        await answer.ShouldBeProblemAsync(status, code);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_and_one_of_a_pixel_are_answered()
    {
        await using var server = await RunningServer.StartAsync();
        using var huge = await DetectCalls.PostAsync(server.Client, "/api/detect", TestPng.Of(10_000, 2_500, 0xFFFF_FFFF));
        await huge.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        (await huge.Content.ReadAsStringAsync(Cancel)).ShouldContain("pixels");
        using var full = await DetectCalls.PostAsync(server.Client, "/api/detect", new byte[(20 << 20) + 1]);
        await full.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var pixel = await DetectCalls.DetectAsync(server.Client, "/api/detect", TestPng.Of(1, 1, 0x8040_20FF));
        DetectCalls.Objects(pixel).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_for_viewers_does_not_detect_and_one_for_a_room_does_not_go_by_another()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var refused = await DetectCalls.PostAsync(viewer, "/api/detect", []);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var publisher = server.ClientWith(server.MakeKey(Roles.Publish, "mine"));
        using var other = await DetectCalls.PostAsync(publisher, "/api/detect?room=yours", []);
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }
}
