namespace LiveFace.Rooms.Relay;

/// <summary>The bounds that both ends of a relay keep.</summary>
public static class RelayLimits
{
    /// <summary>Bytes that may wait for one other node; no picture is larger.</summary>
    public const int MostBytes = 3 * 1024 * 1024;

    /// <summary>Pictures that may wait: half a second of them.</summary>
    public const int MostPictures = 16;

    /// <summary>Packets of sound that may wait: a second of them.</summary>
    public const int MostSounds = 50;
}
