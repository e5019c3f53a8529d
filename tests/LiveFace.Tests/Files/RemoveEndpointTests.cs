using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>Marks taken off over HTTP, by a net that takes red for a mark.</summary>
public sealed class RemoveEndpointTests : RemoveTestBase
{
    private static readonly byte[] Plain = TestPng.Of(Width, Height, (x, y) => (uint)(x + y) * 0x01010100u | 0xFF, ("tEXt", "Comment\0mine"u8.ToArray()));

    [Fact]
    public async Task A_mark_goes_and_the_picture_keeps_its_format()
    {
        await using var server = await StartAsync();
        using var answer = await PostAsync(server.Client, Marked);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        answer.Headers.GetValues("LiveFace-Mask").Single().ShouldBe("0.25");
        var luma = Luma(await answer.Content.ReadAsByteArrayAsync(Cancel));
        var plain = Luma(Plain);
        for (var i = 0; i < luma.Length; i++)
            // Elsewhere it was once there and back between a frame and PNG's red, green and blue.
            Math.Abs(luma[i] - plain[i]).ShouldBeLessThanOrEqualTo(i / Width is >= 20 and < 40 ? 8 : 1, $"{i % Width},{i / Width}");
    }

    [Fact]
    public async Task A_picture_without_a_mark_comes_back_to_the_bit()
    {
        await using var server = await StartAsync();
        using var answer = await PostAsync(server.Client, Plain);
        (await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Plain);
        answer.Headers.GetValues("LiveFace-Mask").Single().ShouldBe("0");
    }

    [Fact]
    public async Task What_looks_like_a_mark_and_has_no_edge_that_goes_with_it_is_told_as_none()
    {
        // All of it is reddish: there is nothing beside it that a mark could be read off.
        var reddish = TestPng.Of(Width, Height, (x, y) => MarkModels.Under(x + y), ("tEXt", "Comment\0mine"u8.ToArray()));
        await using var server = await StartAsync();
        using var answer = await PostAsync(server.Client, reddish);
        (await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(reddish);
        answer.Headers.GetValues("LiveFace-Mask").Single().ShouldBe("0");
        using var described = await PostAsync(server.Client, reddish, accept: "application/json");
        var said = (await described.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        (said["marked"]!.GetValue<bool>(), said["share"]!.GetValue<double>(), said["confidence"]).ShouldBe((false, 0, null));
        Luma(Convert.FromBase64String(said["mask"]!.GetValue<string>())).ShouldAllBe(value => value == 16);
    }

    [Fact]
    public async Task As_json_there_are_both_pictures_the_mask_and_how_sure_it_is()
    {
        await using var server = await StartAsync();
        using var answer = await PostAsync(server.Client, Marked, accept: "application/json");
        var said = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        (said["marked"]!.GetValue<bool>(), said["width"]!.GetValue<int>(), said["type"]!.GetValue<string>()).ShouldBe((true, Width, "image/png"));
        said["share"]!.GetValue<double>().ShouldBe(0.25, 0.001);
        said["confidence"]!.GetValue<double>().ShouldBeGreaterThan(0.95);
        Convert.FromBase64String(said["before"]!.GetValue<string>()).ShouldBe(Marked);
        ((double)Luma(Convert.FromBase64String(said["after"]!.GetValue<string>()))[Width * 30 + 60]).ShouldBe(Luma(Plain)[Width * 30 + 60], 5);
        var mask = Luma(Convert.FromBase64String(said["mask"]!.GetValue<string>()));
        (mask[Width * 10], mask[Width * 30]).ShouldBe(((byte)16, (byte)235));
        using var plain = await PostAsync(server.Client, Plain, accept: "application/json");
        (await plain.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["marked"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task The_servers_floor_hides_faces_in_every_picture_that_leaves()
    {
        // In grey there is nothing that the net takes for a mark, so that the file as it came would be the answer.
        var luma = Luma(await File.ReadAllBytesAsync(Portrait.Path, Cancel));
        var portrait = TestPng.Of(512, 512, (x, y) => (uint)Math.Clamp((luma[y * 512 + x] - 16) * 255 / 219, 0, 255) * 0x01010100u | 0xFF);
        Portrait.FaceIn(portrait).ShouldBeGreaterThan(Likeness.Shown);
        await using var server = await StartAsync("--Policy:Floor=blur-faces");
        using var answer = await PostAsync(server.Client, portrait, accept: "application/json");
        var said = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        said["marked"]!.GetValue<bool>().ShouldBeFalse();
        foreach (var name in (string[])["before", "after"])
            Portrait.FaceIn(Convert.FromBase64String(said[name]!.GetValue<string>())).ShouldBeLessThan(Likeness.Shown, name);
    }

    [Fact]
    public async Task What_cannot_be_done_says_why()
    {
        await using var server = await StartAsync();
        using var gif = await PostAsync(server.Client, Marked, "image/gif");
        await gif.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        using var none = await PostAsync(server.Client, "no picture"u8.ToArray());
        await none.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        using var large = await PostAsync(server.Client, TestPng.Of(4000, 3300, 0x646464FF), accept: "application/json");
        (await large.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large")).GetProperty("detail").GetString()!.ShouldContain("picture alone");
        await using var locked = await RunningServer.StartLockedAsync($"--Models:Folder={_models.Path}");
        using var viewer = locked.ClientWith(locked.MakeKey(Roles.View));
        using var refused = await PostAsync(viewer, Marked);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    private static byte[] Luma(byte[] file)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(file, pool);
        return Portrait.LumaOf(frame);
    }
}
