using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>All that a room did with one frame which the bare libraries have to do as well. It is used again, so that the room is
/// not charged with the tape's garbage.</summary>
internal sealed class TapedFrame
{
    /// <summary>The encoded frame that came in.</summary>
    public TapedBytes Received { get; } = new();

    /// <summary>The windows that were looked at.</summary>
    public List<(PixelRect Window, InputSize Size, QuarterTurns Turns)> Windows { get; } = [];

    /// <summary>The settings of an encoder that was opened for the picture; null where it was open.</summary>
    public EncoderSettings? Opened { get; set; }

    /// <summary>What the encoder was told before the picture.</summary>
    public List<(int BitsPerSecond, double FramesPerSecond)> Rates { get; } = [];

    /// <summary>The picture that was encoded, with a reference to give back; null where none was.</summary>
    public RedactedFrame? Redacted { get; set; }

    /// <summary>Whether a keyframe was asked for.</summary>
    public bool ForcesKeyFrame { get; set; }

    /// <summary>The timestamp at which the room had encoded it.</summary>
    public long DoneAt { get; set; }

    /// <summary>What the encoder made of it.</summary>
    public TapedBytes Sent { get; } = new();

    /// <summary>Makes it ready for another frame; its memory is used again.</summary>
    public void Clear()
    {
        Received.Set([]);
        Windows.Clear();
        Opened = null;
        Rates.Clear();
        Redacted = null;
        Sent.Set([]);
    }
}
