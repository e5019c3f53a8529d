using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LiveFace.Access;
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
        using var put = await PutAsync(server.Client, "leaf", Green);
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await PutAsync(server.Client, "leaf", Green);
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
        using var put = await PutAsync(server.Client, "leaf", TestPng.Of(32, 24, 0x20C040FF, ("tEXt", secret), ("eXIf", secret)));
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.GetByteArrayAsync("/api/stickers/leaf", Cancel)).ShouldBe(Green);
    }

    [Fact]
    public async Task Rooms_get_what_is_on_the_shelf_now_by_name_and_the_first_without_one()
    {
        await using var server = await RunningServer.StartAsync();
        var shelf = server.Services.GetRequiredService<StickerShelf>();
        shelf.Picture(null).ShouldBeNull();
        using var put = await PutAsync(server.Client, "leaf", Green);
        var first = shelf.Picture("leaf").ShouldNotBeNull();
        shelf.Picture(null).ShouldBeSameAs(first);
        using var other = await PutAsync(server.Client, "apple", Green);
        shelf.Picture(null).ShouldBeSameAs(shelf.Picture("apple"));
        using var again = await PutAsync(server.Client, "leaf", TestPng.Of(8, 8, 0xFF));
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
        using var put = await PutAsync(first.Client, "leaf", Green);
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        await first.StopAsync();

        await using var next = await RunningServer.StartInAsync(folder);
        (await next.Client.GetByteArrayAsync("/api/stickers/leaf", Cancel)).ShouldBe(Green);
    }

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "leaf", "no picture"u8.ToArray(), "no JPEG, PNG or WebP" },
        { "leaf", Green[..60], "" },
        { "leaf", TestPng.Of(513, 1, 0), "at most 512 on a side" },
        { ".leaf", Green, "name" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_sticker_is_refused_with_the_reason(string name, byte[] file, string reason)
    {
        await using var server = await RunningServer.StartAsync();
        using var put = await PutAsync(server.Client, name, file);
        var problem = await put.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        problem.GetProperty("detail").GetString()!.ShouldContain(reason);
        (await (await server.Client.GetAsync("/api/stickers", Cancel)).JsonAsync()).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_bytes_another_type_and_a_full_shelf_are_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var large = await PutAsync(server.Client, "leaf", new byte[StickerShelf.MaximumBytes + 1]);
        await large.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var typed = await PutAsync(server.Client, "leaf", Green, "image/gif");
        await typed.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        for (var i = 0; i < StickerShelf.MaximumStickers; i++)
            (await PutAsync(server.Client, $"n{i}", Green)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var full = await PutAsync(server.Client, "one-more", Green);
        await full.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        using var other = await PutAsync(server.Client, "n0", Green);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_admins_change_them_and_every_key_sees_them()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        using var control = server.ClientWith(server.MakeKey(Roles.Control));
        using var put = await PutAsync(control, "leaf", Green);
        await put.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var made = await PutAsync(admin, "leaf", Green);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await control.GetByteArrayAsync("/api/stickers/leaf", Cancel)).ShouldBe(Green);
        using var removed = await control.DeleteAsync("/api/stickers/leaf", Cancel);
        await removed.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var stranger = await server.Client.GetAsync("/api/stickers", Cancel);
        await stranger.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-required");
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string name, byte[] file, string type = "image/png")
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await client.PutAsync($"/api/stickers/{name}", content, Cancel);
    }
}
