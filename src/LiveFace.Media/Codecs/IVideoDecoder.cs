using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs;

/// <summary>What became of one encoded frame.</summary>
public enum DecodeVerdict
{
    /// <summary>A picture came out.</summary>
    Picture,

    /// <summary>The data was taken and shows nothing (a hidden frame, parameter sets, an empty frame).</summary>
    NothingToShow,

    /// <summary>The data is corrupt or stands on a lost frame: nothing comes out until a keyframe is fed.</summary>
    NeedKeyFrame,

    /// <summary>The decoder itself is gone, with all that it knew; the next frame goes to a new one, which needs a keyframe.</summary>
    Lost,
}

/// <summary>Turns encoded frames into pictures. One stream, one thread at a time.</summary>
public interface IVideoDecoder : IDisposable
{
    /// <summary>
    /// Decodes one whole frame. Corrupt data is a verdict and never an exception. With
    /// <see cref="DecodeVerdict.Picture"/> the caller owns one reference to <paramref name="picture"/>.
    /// </summary>
    DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture);
}
