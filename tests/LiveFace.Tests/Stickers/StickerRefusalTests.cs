using System.Net;
using LiveFace.Access;
using LiveFace.Stickers;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Stickers;

/// <summary>What is no sticker, and who changes none.</summary>
public sealed class StickerRefusalTests
{
    private static readonly byte[] Green = TestPng.Of(32, 24, 0x20C040FF);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        using var put = await StickerCalls.PutAsync(server.Client, name, file);
        var problem = await put.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        problem.GetProperty("detail").GetString()!.ShouldContain(reason);
        (await (await server.Client.GetAsync("/api/stickers", Cancel)).JsonAsync()).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_bytes_another_type_and_a_full_shelf_are_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var large = await StickerCalls.PutAsync(server.Client, "leaf", new byte[StickerShelf.MaximumBytes + 1]);
        await large.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var typed = await StickerCalls.PutAsync(server.Client, "leaf", Green, "image/gif");
        await typed.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        for (var i = 0; i < StickerShelf.MaximumStickers; i++)
            (await StickerCalls.PutAsync(server.Client, $"n{i}", Green)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var full = await StickerCalls.PutAsync(server.Client, "one-more", Green);
        await full.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        using var other = await StickerCalls.PutAsync(server.Client, "n0", Green);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_admins_change_them_and_every_key_sees_them()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        using var control = server.ClientWith(server.MakeKey(Roles.Control));
        using var put = await StickerCalls.PutAsync(control, "leaf", Green);
        await put.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var made = await StickerCalls.PutAsync(admin, "leaf", Green);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await control.GetByteArrayAsync("/api/stickers/leaf", Cancel)).ShouldBe(Green);
        using var removed = await control.DeleteAsync("/api/stickers/leaf", Cancel);
        await removed.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var stranger = await server.Client.GetAsync("/api/stickers", Cancel);
        await stranger.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-required");
    }
}
