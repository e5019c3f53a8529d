using LiveFace.Media.Codecs;

namespace LiveFace.Rooms.Pipeline;

/// <summary>An encoded picture on its way out, with its times.</summary>
internal readonly ref struct SentPicture
{
    /// <summary>What an encoder made of a redacted picture.</summary>
    public required EncodedPicture Picture { get; init; }

    /// <summary>When it was captured, as far as that is known.</summary>
    public TimeSpan? CaptureTime { get; init; }

    /// <summary>The room's own 90 kHz timestamp.</summary>
    public uint RtpTimestamp { get; init; }

    /// <summary>How late it came in because of losses on the way.</summary>
    public TimeSpan RecoveryDelay { get; init; }
}
