namespace LiveFace.Media.Codecs;

/// <summary>
/// A redacted picture as an encoder made it. Only the encoders of this library make one, and they take nothing but redacted
/// pictures, so whatever takes one sends nothing else. The payload is the encoder's own memory and stands until it encodes
/// again; it is empty where the rate control left the picture out.
/// </summary>
public readonly ref struct EncodedPicture
{
    internal EncodedPicture(ReadOnlySpan<byte> payload, VideoCodec codec, bool isKeyFrame)
    {
        Payload = payload;
        Codec = codec;
        IsKeyFrame = isKeyFrame;
    }

    /// <summary>The encoded frame.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>In which codec.</summary>
    public VideoCodec Codec { get; }

    /// <summary>Whether it stands on no other.</summary>
    public bool IsKeyFrame { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Payload.IsEmpty;
}
