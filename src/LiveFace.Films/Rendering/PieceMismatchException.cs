namespace LiveFace.Films.Rendering;

/// <summary>
/// A film that cannot be written in pieces: read from the middle on, it gives other pictures than from its beginning on. It can be
/// written in one.
/// </summary>
public sealed class PieceMismatchException : FileRedactionException
{
    /// <summary>The error.</summary>
    public PieceMismatchException()
        : base("Read from the middle on, the film has other pictures than from its beginning on.")
    {
    }

    /// <summary>The error with a sentence of its own.</summary>
    public PieceMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>The error with a sentence of its own and what it came from.</summary>
    public PieceMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
