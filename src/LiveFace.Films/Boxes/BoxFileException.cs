namespace LiveFace.Films.Boxes;

/// <summary>A box file that is not one, or not of this film; the message says where and what is wrong.</summary>
public sealed class BoxFileException : FileRedactionException
{
    /// <summary>An error without a sentence.</summary>
    public BoxFileException()
    {
    }

    /// <summary>An error with its sentence.</summary>
    public BoxFileException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and what it came from.</summary>
    public BoxFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
