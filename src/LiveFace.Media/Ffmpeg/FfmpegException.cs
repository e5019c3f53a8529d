namespace LiveFace.Media.Ffmpeg;

/// <summary>FFmpeg could not do what it was asked; the message says what it said.</summary>
public sealed class FfmpegException : Exception
{
    /// <summary>An error without a message.</summary>
    public FfmpegException()
    {
    }

    /// <summary>An error with a message.</summary>
    public FfmpegException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what it came from.</summary>
    public FfmpegException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
