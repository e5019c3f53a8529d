namespace LiveFace.Features.Feedback;

internal enum Thumb
{
    Up,
    Down,
}

/// <summary>What the result was of.</summary>
internal enum FeedbackAbout
{
    Picture,
    Film,
    Room,

    /// <summary>A picture that a watermark was taken off.</summary>
    Watermark,
}

/// <summary>What somebody says. <paramref name="Correction"/> is the id of one that they sent beside.</summary>
internal sealed record NewFeedback(Thumb? Thumb, FeedbackAbout? About, string? Words, string? Correction);

/// <summary>The same as it is kept.</summary>
internal sealed record FeedbackInfo(
    string Id, DateTimeOffset Created, DateTimeOffset Expires, Thumb Thumb, FeedbackAbout About, string Words, string? Correction);

/// <param name="Up">Of all that are kept, those with the thumb up.</param>
/// <param name="Down">Those with the thumb down.</param>
/// <param name="Total">Those that were asked for.</param>
/// <param name="Feedback">A page of these, the newest first.</param>
internal sealed record FeedbackPage(int Up, int Down, int Total, IReadOnlyList<FeedbackInfo> Feedback);
