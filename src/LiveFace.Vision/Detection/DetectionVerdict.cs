namespace LiveFace.Vision.Detection;

/// <summary>What became of one look at a picture. Only <see cref="Seen"/> may be read as 'there is nothing else'.</summary>
public enum DetectionVerdict
{
    /// <summary>The model ran and its answer is sound; there may be nothing in it.</summary>
    Seen,

    /// <summary>The model's answer holds values that are not numbers: nothing is known about the picture.</summary>
    NotFinite,

    /// <summary>The inference failed: nothing is known about the picture.</summary>
    Failed,

    /// <summary>
    /// The model sees more things than are kept apart, be it a huge crowd or a model gone wrong: what did not fit is not
    /// known.
    /// </summary>
    TooMany,
}
