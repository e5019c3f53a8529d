using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>What a server does with single pictures: JPEG, PNG or WebP.</summary>
public sealed class PictureClient
{
    private const int BoxSides = 4;

    /// <summary>Below that certainty a crop is unsure.</summary>
    private const float Half = 0.5f;

    private readonly LiveFaceClient _client;

    internal PictureClient(LiveFaceClient client) => _client = client;

    /// <summary>What is in a picture, and what the policy would hide of it.</summary>
    public Task<PictureDetections> DetectAsync(Stream picture, string contentType, DetectOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new DetectOptions();
        var query = Query.Of(
            ("models", Join(options.Models)), ("preset", options.Preset), ("room", options.Room), ("policy", Json(options.Policy)), ("look", options.IsQuick ? "quick" : null),
            ("attributes", Join(options.Attributes)));
        return _client.ReadAsync(Post("api/detect" + query, picture, contentType), ClientJson.Default.PictureDetections, cancel);
    }

    /// <summary>The same picture with hidden what a preset, the policy of a room, or a policy hides.</summary>
    public async Task<SafePicture> RedactAsync(
        Stream picture, string contentType, string? preset = null, string? room = null, RoomPolicy? policy = null, CancellationToken cancel = default)
    {
        var query = Query.Of(("preset", preset), ("room", room), ("policy", Json(policy)));
        using var response = await _client.SendAsync(Post("api/redact" + query, picture, contentType), cancel).ConfigureAwait(false);
        _ = int.TryParse(HeaderOf(response, "LiveFace-Found"), CultureInfo.InvariantCulture, out var found);
        return new SafePicture(
            await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false), response.Content.Headers.ContentType?.MediaType ?? contentType, found);
    }

    /// <summary>The same picture with a text, or a sticker of the server's, over it.</summary>
    public async Task<byte[]> WatermarkAsync(Stream picture, string contentType, PolicyWatermark watermark, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(watermark);
        using var form = new MultipartFormDataContent();
        form.Add(Body(picture, contentType), "picture", "picture");
        form.Add(new StringContent(JsonSerializer.Serialize(watermark, ClientJson.Default.PolicyWatermark), Encoding.UTF8, "application/json"), "watermark");
        using var response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Post, _client.At("api/watermark")) { Content = form }, cancel).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Takes a half-transparent watermark off a picture of one's own.</summary>
    public Task<WatermarkRemoval> RemoveWatermarkAsync(Stream picture, string contentType, CancellationToken cancel = default)
    {
        var request = Post("api/watermark/remove", picture, contentType);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return _client.ReadAsync(request, ClientJson.Default.WatermarkRemoval, cancel);
    }

    /// <summary>The box of a picture's main object.</summary>
    public Task<PictureCrop> CropAsync(Stream picture, string contentType, CancellationToken cancel = default) =>
        _client.ReadAsync(Post("api/crop", picture, contentType), ClientJson.Default.PictureCrop, cancel);

    /// <summary>A picture cut to its main object's box, in the format that it came in.</summary>
    public async Task<CutPicture> CutAsync(Stream picture, string contentType, CancellationToken cancel = default)
    {
        var request = Post("api/crop", picture, contentType);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/*"));
        using var response = await _client.SendAsync(request, cancel).ConfigureAwait(false);
        var box = HeaderOf(response, "LiveFace-Box").Split(',');
        var certainty = Number(HeaderOf(response, "LiveFace-Certainty"));
        return new CutPicture(
            await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false), response.Content.Headers.ContentType?.MediaType ?? contentType,
            box.Length == BoxSides ? new PictureBox(Number(box[0]), Number(box[1]), Number(box[2]), Number(box[3])) : default, certainty, certainty < Half);

        static float Number(string text) => float.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>The outline of what is in a box, which is given in parts of the picture's width and height.</summary>
    public Task<BoxOutline> OutlineAsync(Stream picture, string contentType, PictureBox box, CancellationToken cancel = default) =>
        _client.ReadAsync(
            Post("api/outline" + Query.Of(("box", string.Create(CultureInfo.InvariantCulture, $"{box.X},{box.Y},{box.Width},{box.Height}"))), picture, contentType),
            ClientJson.Default.BoxOutline, cancel);

    private static string HeaderOf(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private static string? Json(RoomPolicy? policy) =>
        policy is null ? null : JsonSerializer.Serialize(policy with { Version = 0 }, ClientJson.Default.RoomPolicy);

    private static string? Join(IReadOnlyList<string>? words) => words is null ? null : string.Join(',', words);

    private HttpRequestMessage Post(string path, Stream picture, string contentType) =>
        new(HttpMethod.Post, _client.At(path)) { Content = Body(picture, contentType) };

    private static StreamContent Body(Stream picture, string contentType)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new StreamContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
    }
}
