using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Stickers;

namespace LiveFace.Features.Stickers;

/// <summary>The pictures that rooms can lay over faces: everybody with a key sees them, admins put them up.</summary>
internal static class StickerEndpoints
{
    private const string Png = "image/png";

    public static void MapStickers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/stickers", (StickerShelf shelf) => Results.Json(shelf.All.Select(Describe), ApiJson.Options))
            .Produces<StickerInfo[]>().Needs(Roles.None);
        routes.MapGet("/api/stickers/{name}", (string name, StickerShelf shelf) => shelf.Find(name) is { } sticker
            ? Results.Bytes(sticker.File, Png)
            : Problem.NotFound.Answer("The server has no sticker of this name.")).Needs(Roles.None);
        routes.MapPut("/api/stickers/{name}", PutAsync).Takes(Png).Produces<StickerInfo>().Produces<StickerInfo>(StatusCodes.Status201Created).Needs(Roles.Admin);
        routes.MapDelete("/api/stickers/{name}", (string name, StickerShelf shelf) => shelf.Remove(name)
            ? Results.NoContent()
            : Problem.NotFound.Answer("The server has no sticker of this name.")).Needs(Roles.Admin);
    }

    private static async Task<IResult> PutAsync(string name, HttpRequest request, StickerShelf shelf)
    {
        if (!RoomName.IsValid(name))
            throw new ProblemException(Problem.RequestInvalid, $"A sticker's name is {RoomName.Accepted}.");
        var file = await request.ReadBytesAsync(Png, StickerShelf.MaximumBytes);
        try
        {
            var isNew = shelf.Find(name) is null;
            if (!shelf.TryPut(name, file, out var sticker))
                throw new ProblemException(
                    Problem.RequestInvalid, $"The server has its {StickerShelf.MaximumStickers} stickers; delete one first.");
            return Results.Json(Describe(sticker), ApiJson.Options, statusCode: isNew ? 201 : 200);
        }
        catch (ImageException e)
        {
            throw new ProblemException(Problem.RequestInvalid, e.Message);
        }
    }

    private static StickerInfo Describe(Sticker sticker) => new(sticker.Name, sticker.Width, sticker.Height, sticker.File.Length);

    private sealed record StickerInfo(string Name, int Width, int Height, int Bytes);
}
