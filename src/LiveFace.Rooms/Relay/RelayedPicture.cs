using LiveFace.Media.Codecs;

namespace LiveFace.Rooms.Relay;

/// <summary>
/// A redacted picture as an encoder at the room's owner made it, and as it came from there over a stream whose other end
/// proved to be a node of the cluster. Only the relay's receiver makes one. The payload stands until it takes the next.
/// </summary>
public readonly ref struct RelayedPicture
{
    internal RelayedPicture(ReadOnlySpan<byte> payload, VideoCodec codec, bool isKeyFrame, long epoch)
    {
        Payload = payload;
        Codec = codec;
        IsKeyFrame = isKeyFrame;
        Epoch = epoch;
    }

    /// <summary>The encoded frame.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>In which codec.</summary>
    public VideoCodec Codec { get; }

    /// <summary>Whether it stands on no other.</summary>
    public bool IsKeyFrame { get; }

    /// <summary>Which ownership of the room it is of.</summary>
    public long Epoch { get; }
}
