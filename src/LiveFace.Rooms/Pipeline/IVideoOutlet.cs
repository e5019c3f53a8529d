using LiveFace.Media.Codecs;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Pipeline;

/// <summary>Somebody who gets the room's redacted picture, encoded.</summary>
internal interface IVideoOutlet
{
    VideoCodec Codec { get; }

    /// <summary>Whether media can flow.</summary>
    bool IsReady { get; }

    /// <summary>What the way to it takes, in bits a second.</summary>
    long TargetBitrate { get; }

    /// <summary>Takes nothing but what an encoder made of a redacted picture.</summary>
    SendVerdict Send(in SentPicture sent);
}
