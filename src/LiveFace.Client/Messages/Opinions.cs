namespace LiveFace.Client.Messages;

/// <summary>What somebody says of a result: "up" or "down", and words; docs/reference/corrections.md describes it.</summary>
public sealed record NewFeedback(string Thumb)
{
    /// <summary>"picture", "film", "room" or "watermark".</summary>
    public string? About { get; init; }

    /// <summary>At most 1000 characters.</summary>
    public string? Words { get; init; }

    /// <summary>The id of a correction that was sent beside it.</summary>
    public string? Correction { get; init; }
}

/// <summary>The same as it is kept.</summary>
public sealed record FeedbackInfo(
    string Id, DateTimeOffset Created, DateTimeOffset Expires, string Thumb, string About, string Words, string? Correction);

/// <summary>What became of a picture whose watermark was taken off; the mask is a PNG, white where the mark was.</summary>
public sealed record WatermarkRemoval(
    int Width, int Height, bool Marked, double Share, double? Confidence, string Type, byte[] Before, byte[] After, byte[] Mask);
