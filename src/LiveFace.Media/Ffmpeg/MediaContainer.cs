namespace LiveFace.Media.Ffmpeg;

/// <summary>What a file or stream is packed as.</summary>
public enum MediaContainer
{
    /// <summary>MP4 with H.264.</summary>
    Mp4,

    /// <summary>WebM with VP9.</summary>
    WebM,

    /// <summary>Matroska with H.264.</summary>
    Matroska,

    /// <summary>An animated GIF, with a palette of its own, that goes on for ever.</summary>
    Gif,

    /// <summary>An animated PNG that goes on for ever.</summary>
    Apng,

    /// <summary>RTMP with H.264.</summary>
    Rtmp,

    /// <summary>RTSP with H.264.</summary>
    Rtsp,

    /// <summary>An MPEG transport stream with H.264: a piece of a film, which others are put behind byte by byte.</summary>
    TransportStream,

    /// <summary>IVF with VP9: a piece of a film, which others are put behind picture by picture.</summary>
    Ivf,
}
