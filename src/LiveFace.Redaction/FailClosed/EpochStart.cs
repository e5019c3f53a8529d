namespace LiveFace.Redaction.FailClosed;

/// <summary>Why what was found before says nothing about the frames from here on.</summary>
public enum EpochStart
{
    /// <summary>The first frame ever.</summary>
    First,

    /// <summary>Width, height or rotation changed.</summary>
    Geometry,

    /// <summary>The picture was cut to another scene.</summary>
    Cut,

    /// <summary>No frame came for a while.</summary>
    Silence,

    /// <summary>Somebody else sends, or the same one anew.</summary>
    Source,
}
