namespace LiveFace.Redaction.Effects.Removal;

/// <summary>What is known of a cell.</summary>
internal enum CellKind : byte
{
    /// <summary>All of it may be read, and all of it is in the picture: other places may be filled from it.</summary>
    Open,

    /// <summary>It may be read, and is cut by the picture's edge.</summary>
    Edge,

    /// <summary>It is to be filled.</summary>
    Hole,

    /// <summary>It may not be read, and belongs to another region.</summary>
    Shut,
}
