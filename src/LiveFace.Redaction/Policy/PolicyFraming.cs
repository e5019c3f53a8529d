namespace LiveFace.Redaction.Policy;

/// <summary>Whom the picture follows.</summary>
public enum FramingSubject
{
    /// <summary>One face: the largest, and the same one as long as it is there.</summary>
    Main,

    /// <summary>All faces together.</summary>
    Group,
}

/// <summary>
/// The picture is cropped to who is in it and follows them calmly, at the size that it has. What is hidden is hidden before.
/// </summary>
public sealed record PolicyFraming
{
    /// <summary>Whom it follows.</summary>
    public FramingSubject Subject { get; init; } = FramingSubject.Main;

    /// <summary>The height of a face as a part of the picture's that it aims for.</summary>
    public float Size { get; init; } = 0.3f;

    /// <summary>How many times it enlarges at most.</summary>
    public float Closest { get; init; } = 2;
}
