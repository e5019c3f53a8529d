using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Watermarks;

/// <summary>The watermark that a request asks for, as a policy that shows everything but it.</summary>
internal static class WatermarkOrder
{
    /// <summary>The most that it may have as JSON.</summary>
    public const int MaximumBytes = 4 << 10;

    /// <summary>How strongly a mark shows in pictures where nothing is said: light, as 25 of 255.</summary>
    public const float UsualOpacity = 25f / 255;

    /// <summary>What the picture that came along is called in the policy; no sticker can have the name.</summary>
    public const string SentMark = "(mark)";

    /// <summary>Reads the part <c>watermark</c>, a policy's watermark; nothing is one of usual settings, for a mark that was sent.</summary>
    /// <exception cref="ProblemException">It is none; nothing unknown is overlooked.</exception>
    public static RedactionPolicy Read(ReadOnlyMemory<byte> json, bool hasMark, PolicyNames names)
    {
        var mark = json.IsEmpty ? [] : ObjectOf(json);
        mark.TryAdd("opacity", UsualOpacity);
        if (hasMark && (mark.ContainsKey("sticker") || mark.ContainsKey("text")))
            throw RequestBody.Invalid("watermark", "must have neither text nor sticker beside a part 'mark'");
        if (hasMark)
            mark["sticker"] = SentMark;
        else if (!mark.ContainsKey("text") && !mark.ContainsKey("sticker"))
            throw RequestBody.Invalid("watermark.text", "must be given, or a sticker, or a part 'mark' with a picture");
        var whole = new JsonObject { ["rules"] = new JsonArray(), ["nothingHidden"] = true, ["watermark"] = mark };
        if (!PolicyJson.TryRead(JsonSerializer.SerializeToUtf8Bytes(whole), out var policy, out var problems))
            throw RoomProblems.Of(problems, Problem.RequestInvalid);
        return !hasMark && names.Check(policy) is { Count: > 0 } unknown ? throw RoomProblems.Of(unknown, Problem.RequestInvalid) : policy;
    }

    private static JsonObject ObjectOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return JsonObject.Create(document.RootElement.Clone())!;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw RequestBody.Invalid("watermark", "must be an object as JSON");
    }
}

/// <summary>The parts of the form, for the API's document alone; <see cref="WatermarkOrder"/> reads them.</summary>
internal sealed record WatermarkForm(IFormFile Picture, IFormFile? Mark = null, PolicyWatermark? Watermark = null);
