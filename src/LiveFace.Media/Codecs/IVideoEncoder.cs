using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs;

/// <summary>Turns redacted pictures into encoded frames. One stream, one thread at a time.</summary>
public interface IVideoEncoder : IDisposable
{
    /// <summary>Which codec comes out.</summary>
    VideoCodec Codec { get; }

    /// <summary>
    /// Encodes one picture. What comes back is empty when the rate control dropped the frame. A picture of another size makes the stream change size by itself, with a
    /// keyframe.
    /// </summary>
    EncodedPicture Encode(RedactedFrame frame, bool forceKeyFrame);

    /// <summary>Sets what the next frames aim for, without reopening.</summary>
    void SetRate(int bitsPerSecond, double framesPerSecond);
}
