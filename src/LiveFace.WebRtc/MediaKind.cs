namespace LiveFace.WebRtc;

/// <summary>What an m-line carries.</summary>
public enum MediaKind
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Pictures.</summary>
    Video,
}
