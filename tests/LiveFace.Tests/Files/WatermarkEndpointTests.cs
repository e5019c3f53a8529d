using System.Net;
using System.Net.Http.Headers;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>A mark put on a picture over HTTP.</summary>
public sealed class WatermarkEndpointTests
{
    private static readonly byte[] Logo = TestPng.Of(32, 32, 0xFFFFFFFF);

    private static readonly (string Json, string Field)[] Wrong =
    [
        ("""{}""", "watermark.text"),
        ("""{"text":"mine","place":"middle"}""", "watermark.place"),
        ("""{"text":"mine","size":2}""", "watermark.size"),
        ("""{"text":"mine","colour":"#fff"}""", "watermark.colour"),
        ("""{"sticker":"none"}""", "watermark.sticker"),
        ("no JSON", "watermark"),
        ("[]", "watermark"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_that_is_sent_along_is_laid_over_lightly_and_a_quarter_as_wide()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await WatermarkCalls.PostAsync(server.Client, """{"place":"single"}""", Logo);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        var luma = await WatermarkCalls.LumaAsync(answer);
        var bare = luma[0];
        var marked = luma.Where(value => value != bare).ToArray();
        marked.Length.ShouldBeInRange(48 * 48, 52 * 52, "a quarter of 200 pixels");
        (marked.Max() - bare).ShouldBeInRange(11, 16, "25 of 255 of the way to white");
    }

    [Fact]
    public async Task A_text_and_a_sticker_of_the_server_are_laid_as_the_order_says()
    {
        await using var server = await RunningServer.StartAsync();
        using var text = await WatermarkCalls.PostAsync(server.Client, """{"text":"mine","opacity":1,"color":"#000000","place":"bottom-right","size":0.5}""");
        var written = await WatermarkCalls.LumaAsync(text);
        written.Take(WatermarkCalls.Side * WatermarkCalls.Side / 2).Distinct().Count().ShouldBe(1, "the upper half is as it was");
        written.Skip(WatermarkCalls.Side * WatermarkCalls.Side / 2).Min().ShouldBeLessThan((byte)20);
        using var content = new ByteArrayContent(Logo) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        (await server.Client.PutAsync("/api/stickers/logo", content, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var sticker = await WatermarkCalls.PostAsync(server.Client, """{"sticker":"logo","opacity":1,"place":"top-left"}""");
        (await WatermarkCalls.LumaAsync(sticker))[(WatermarkCalls.Side + 1) * 20].ShouldBe((byte)235);
    }

    [Fact]
    public async Task Faces_are_shown_unless_the_servers_floor_hides_them()
    {
        var portrait = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        await using (var open = await RunningServer.StartAsync())
        {
            using var shown = await WatermarkCalls.PostAsync(open.Client, """{"text":"mine"}""", picture: portrait);
            Portrait.FaceIn(await shown.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeGreaterThan(Likeness.Shown);
        }

        await using var server = await RunningServer.StartAsync("--Policy:Floor=blur-faces");
        using var hidden = await WatermarkCalls.PostAsync(server.Client, """{"text":"mine"}""", picture: portrait);
        hidden.StatusCode.ShouldBe(HttpStatusCode.OK);
        Portrait.FaceIn(await hidden.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task What_cannot_be_done_says_which_field()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var (json, field) in Wrong)
        {
            using var answer = await WatermarkCalls.PostAsync(server.Client, json);
            var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
            problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue($"{json}: {problem}");
        }

        using var both = await WatermarkCalls.PostAsync(server.Client, """{"text":"mine"}""", Logo);
        (await both.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid")).GetProperty("detail").GetString()!.ShouldContain("neither text nor sticker");
        using var broken = await WatermarkCalls.PostAsync(server.Client, "{}", "no picture"u8.ToArray());
        (await broken.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid")).GetProperty("errors").TryGetProperty("mark", out _).ShouldBeTrue();
        using var wide = await WatermarkCalls.PostAsync(server.Client, "{}", new byte[3 << 20]);
        await wide.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var none = await WatermarkCalls.PostAsync(server.Client, """{"text":"mine"}""", picture: "no picture"u8.ToArray());
        await none.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        using var bare = await server.Client.PostAsync("/api/watermark", new ByteArrayContent(WatermarkCalls.Grey), Cancel);
        await bare.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
    }

    [Fact]
    public async Task A_key_for_viewers_puts_no_mark_on()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var refused = await WatermarkCalls.PostAsync(viewer, """{"text":"mine"}""");
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }
}
