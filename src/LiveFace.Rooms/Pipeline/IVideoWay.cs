using LiveFace.Media.Codecs;

namespace LiveFace.Rooms.Pipeline;

/// <summary>The way of an encoded picture to whoever gets it.</summary>
internal interface IVideoWay
{
    VideoCodec Codec { get; }

    /// <summary>Whether media can flow.</summary>
    bool IsReady { get; }

    /// <summary>What the way takes, in bits a second.</summary>
    long TargetBitrate { get; }

    /// <summary>How many viewers are at its end.</summary>
    int Viewers => 1;
}
