namespace LiveFace.Media.Images;

/// <summary>A picture file that cannot be read, with a sentence for whoever sent it.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ImageException(ImageError error, string message)
        : base(message) => Error = error;

    /// <summary>Why the file is refused.</summary>
    public ImageError Error { get; }
}
