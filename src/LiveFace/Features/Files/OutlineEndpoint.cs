using System.Globalization;
using LiveFace.Access;
using LiveFace.Features.Files.Detections;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;

namespace LiveFace.Features.Files;

/// <summary>A picture and a box in it in, the outline of what is in the box out.</summary>
internal static class OutlineEndpoint
{
    public static void MapOutline(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/outline", OutlineAsync).Takes("image/*").Produces<BoxOutline>().Needs(Roles.Publish).Counts(Quota.Uploads);

    private static async Task<IResult> OutlineAsync(HttpContext context, PictureRequests requests, DecoderSandbox sandbox, string? box)
    {
        var asked = Read(box);
        var found = await requests.RunAsync<PictureOutline>(
            context, _ => Task.FromResult<Func<byte[], CancellationToken, PictureOutline>>(
                (file, _) => PictureOutlines.Find(file, asked, PictureRequests.Limits, sandbox)));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(BoxOutline.Of(found), ApiJson.Options);
    }

    /// <summary>Left edge, top edge, width and height, in parts of the picture.</summary>
    private static BoxF Read(string? text)
    {
        var parts = (text ?? "").Split(',');
        Span<float> sides = stackalloc float[4];
        var isRead = parts.Length == sides.Length;
        for (var i = 0; isRead && i < sides.Length; i++)
            isRead = float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out sides[i]) && sides[i] is >= 0 and <= 1;
        return isRead && sides[2] > 0 && sides[3] > 0 && sides[0] < 1 && sides[1] < 1
            ? new BoxF(sides[0], sides[1], sides[0] + sides[2], sides[1] + sides[3])
            : throw RequestBody.Invalid("box", "must be x,y,width,height in parts of the picture, such as 0.2,0.3,0.1,0.15, with a width and a height over 0");
    }
}
