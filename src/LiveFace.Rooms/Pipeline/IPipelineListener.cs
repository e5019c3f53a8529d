using LiveFace.Redaction;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms.Pipeline;

/// <summary>What a pipeline tells its room, on the picture thread. Implementations return at once.</summary>
internal interface IPipelineListener
{
    /// <summary>The publisher has to send a keyframe before anything can be decoded. Called once a frame at most.</summary>
    void NeedsKeyFrame();

    /// <summary>A picture has gone out.</summary>
    void Shown(in ShownPicture picture);

    /// <summary>Something went wrong that no rule foresaw; the picture that it happened to was not sent.</summary>
    void Failed(Exception error);
}

/// <summary>A picture that has gone out, as it is told.</summary>
internal readonly ref struct ShownPicture
{
    public required FrameTracks Tracks { get; init; }

    public required VisionState Vision { get; init; }

    public required PolicySnapshot Policy { get; init; }

    public required ShowDecision Decision { get; init; }

    /// <summary>What made it; it knows which tracks it hid.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>Which picture of the room, counted from its first.</summary>
    public required long Number { get; init; }

    public required uint RtpTimestamp { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required TimeSpan Now { get; init; }
}
