namespace LiveFace.Redaction.Marks;

/// <summary>How many marks a picture may have, so that none costs more than somebody waits for.</summary>
public static class MarkLimits
{
    /// <summary>Things drawn by hand.</summary>
    public const int Hide = 256;

    /// <summary>Finds that are shown.</summary>
    public const int Keep = 1024;

    /// <summary>Points of a polygon or of a brush.</summary>
    public const int Points = 1024;

    /// <summary>Bytes of marks as JSON.</summary>
    public const int JsonBytes = 1 << 20;
}
