namespace LiveFace.Access;

/// <summary>What a caller may do. None includes another, but <see cref="Admin"/> includes all but <see cref="Review"/>.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Publish = 1,
    View = 2,
    Control = 4,
    Admin = 8,

    /// <summary>Take a place of one's own in a meeting.</summary>
    Join = 16,

    /// <summary>See pictures of one's own films as they are, and say what is hidden of them.</summary>
    Review = 32,
    All = Publish | View | Control | Admin | Join | Review,
}
