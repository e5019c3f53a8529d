using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms.Pipeline;

/// <summary>A picture that was looked at and waits for its turn to be shown.</summary>
internal sealed class WaitingPicture
{
    public VideoFrame? Frame { get; set; }

    public FrameTracks Tracks { get; } = new();

    public FrameTimes Times { get; set; }

    /// <summary>The policy that was in force when it came, which binds it together with that of the moment it is shown.</summary>
    public PolicySnapshot? Policy { get; set; }

    /// <summary>When it was looked at, on the pipeline's clock.</summary>
    public TimeSpan SeenAt { get; set; }
}
