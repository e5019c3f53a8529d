using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Client;
using LiveFace.Client.Messages;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

public sealed class OutlineEndpointTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A red disc in the middle of a ground that grows lighter.</summary>
    private static byte[] Disc { get; } = TestPng.Of(160, 120, (x, y) => (x - 80) * (x - 80) + (y - 60) * (y - 60) < 900 ? 0xC030_20FFu : (uint)(x << 24 | 120 << 16 | y << 8 | 0xFF));

    [Fact]
    public async Task What_is_in_the_box_comes_back_as_polygons_in_parts_of_the_picture()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, Disc, "0.28,0.2,0.44,0.6");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        (found.RootElement.GetProperty("width").GetInt32(), found.RootElement.GetProperty("height").GetInt32()).ShouldBe((160, 120));
        var polygon = found.RootElement.GetProperty("outline").EnumerateArray().ShouldHaveSingleItem();
        foreach (var point in polygon.EnumerateArray())
            float.Hypot(160 * point.GetProperty("x").GetSingle() - 80, 120 * point.GetProperty("y").GetSingle() - 60).ShouldBeInRange(28, 35);

        using var client = new LiveFaceClient(server.Client.BaseAddress!);
        using var file = new MemoryStream(Disc);
        var told = await client.Pictures.OutlineAsync(file, "image/png", new PictureBox(0.28f, 0.2f, 0.44f, 0.6f), Cancel);
        told.Outline.ShouldHaveSingleItem().Count.ShouldBe(polygon.GetArrayLength());
    }

    [Fact]
    public async Task Where_nothing_stands_out_there_is_none()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, TestPng.Of(64, 48, 0x8040_20FF), "0.2,0.2,0.5,0.5");
        using var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        found.RootElement.GetProperty("outline").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0.1,0.1,0.5")]
    [InlineData("0.1,0.1,0.5,0.5,0.5")]
    [InlineData("0.1,0.1,0,0.5")]
    [InlineData("1,0.1,0.5,0.5")]
    [InlineData("-0.1,0.1,0.5,0.5")]
    [InlineData("NaN,0.1,0.5,0.5")]
    [InlineData("0.1,0.1,1e9,0.5")]
    [InlineData("left,top,width,height")]
    public async Task A_box_that_is_none_is_refused_with_what_one_is(string? box)
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PostAsync(server.Client, Disc, box);
        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("0.2,0.3,0.1,0.15");
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_a_key_for_viewers_is()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var publisher = server.ClientWith(server.MakeKey(Roles.Publish));
        using var broken = await PostAsync(publisher, "no picture"u8.ToArray(), "0,0,1,1");
        await broken.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var refused = await PostAsync(viewer, Disc, "0,0,1,1");
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] file, string? box)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        return await client.PostAsync("/api/outline" + (box is null ? "" : $"?box={box}"), content, Cancel);
    }
}
