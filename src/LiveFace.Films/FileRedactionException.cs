namespace LiveFace.Films;

/// <summary>A file that could not be made safe to show, with a sentence for whoever asked for it. Nothing was written.</summary>
public class FileRedactionException : Exception
{
    /// <summary>An error without a sentence.</summary>
    public FileRedactionException()
    {
    }

    /// <summary>An error with its sentence.</summary>
    public FileRedactionException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and what it came from.</summary>
    public FileRedactionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
