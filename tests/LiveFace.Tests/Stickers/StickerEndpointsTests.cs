using System.Net;
using System.Text;
using LiveFace.Stickers;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Stickers;

public sealed class StickerEndpointsTests
{
    private static readonly byte[] Green = TestPng.Of(32, 24, 0x20C040FF);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_that_is_put_up_is_listed_offered_to_policies_and_given_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var put = await StickerCalls.PutAsync(server.Client, "leaf", Green);
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await StickerCalls.PutAsync(server.Client, "leaf", Green);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);

        var listed = (await (await server.Client.GetAsync("/api/stickers", Cancel)).JsonAsync()).EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("name").GetString(), listed.GetProperty("width").GetInt32(), listed.GetProperty("height").GetInt32())
            .ShouldBe(("leaf", 32, 24));
        var effects = await (await server.Client.GetAsync("/api/effects", Cancel)).JsonAsync();
        effects.EnumerateArray().Single(e => e.GetProperty("id").GetString() == "sticker").GetProperty("stickers")
            .EnumerateArray().Select(name => name.GetString()).ShouldBe(["leaf"]);
        using var got = await server.Client.GetAsync("/api/stickers/leaf", Cancel);
        got.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await got.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Green);

        using var removed = await server.Client.DeleteAsync("/api/stickers/leaf", Cancel);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await server.Client.GetAsync("/api/stickers/leaf", Cancel);
        await gone.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task What_a_file_says_beside_its_pixels_is_dropped()
    {
        var secret = Encoding.ASCII.GetBytes("Comment\0taken at 52.5 north");
        await using var server = await RunningServer.StartAsync();
        using var put = await StickerCalls.PutAsync(server.Client, "leaf", TestPng.Of(32, 24, 0x20C040FF, ("tEXt", secret), ("eXIf", secret)));
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.GetByteArrayAsync("/api/stickers/leaf", Cancel)).ShouldBe(Green);
    }

    [Fact]
    public async Task Rooms_get_what_is_on_the_shelf_now_by_name_and_the_first_without_one()
    {
        await using var server = await RunningServer.StartAsync();
        var shelf = server.Services.GetRequiredService<StickerShelf>();
        shelf.Picture(null).ShouldBeNull();
        using var put = await StickerCalls.PutAsync(server.Client, "leaf", Green);
        var first = shelf.Picture("leaf").ShouldNotBeNull();
        shelf.Picture(null).ShouldBeSameAs(first);
        using var other = await StickerCalls.PutAsync(server.Client, "apple", Green);
        shelf.Picture(null).ShouldBeSameAs(shelf.Picture("apple"));
        using var again = await StickerCalls.PutAsync(server.Client, "leaf", TestPng.Of(8, 8, 0xFF));
        shelf.Picture("leaf").ShouldNotBeSameAs(first);

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 100; i++)
            _ = (shelf.Picture(null), shelf.Picture("leaf"));
        ThreadAllocations.Since(before).ShouldBe(0, "rooms ask with each frame");
        using var removed = await server.Client.DeleteAsync("/api/stickers/leaf", Cancel);
        shelf.Picture("leaf").ShouldBeNull();
    }

    [Fact]
    public async Task Stickers_outlive_the_server()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-stickers-").FullName;
        await using var first = await RunningServer.StartInAsync(folder);
        using var put = await StickerCalls.PutAsync(first.Client, "leaf", Green);
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        await first.StopAsync();

        await using var next = await RunningServer.StartInAsync(folder);
        (await next.Client.GetByteArrayAsync("/api/stickers/leaf", Cancel)).ShouldBe(Green);
    }
}
