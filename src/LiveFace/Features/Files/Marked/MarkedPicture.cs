using LiveFace.Features.Files.Uploads;
using LiveFace.Http;
using LiveFace.Rooms;

namespace LiveFace.Features.Files.Marked;

/// <summary>A picture that came with an order about it, as a form: the part <c>picture</c>, and before or behind it the part <c>redaction</c>.</summary>
internal sealed record MarkedPicture(Upload Picture, RedactionOrder Order, FormParts Form) : IDisposable
{
    /// <exception cref="ProblemException">A part is missing, unknown, doubled, too large or too slow.</exception>
    public static async Task<MarkedPicture> ReceiveAsync(
        HttpContext context, UploadReceiver uploads, PolicyNames names, int maximumBytes, Action<string?> checkType)
    {
        var form = await FormParts.ReceiveAsync(
            context, uploads, new FormPart("picture", maximumBytes, checkType), new FormPart("redaction", RedactionOrder.MaximumBytes));
        try
        {
            var order = form["redaction"] is { } sent ? RedactionOrder.Read(sent.ReadAll(), names) : RedactionOrder.Nothing;
            return new MarkedPicture(form.Require("picture"), order, form);
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    public void Dispose() => Form.Dispose();
}
