namespace LiveFace.Vision.Models;

/// <summary>Something about a model that its user can put right. The message is one sentence that says what to do.</summary>
public sealed class ModelException : Exception
{
    /// <summary>An error without a sentence; here for serialisers.</summary>
    public ModelException()
    {
    }

    /// <summary>An error in one sentence.</summary>
    public ModelException(string message) : base(message)
    {
    }

    /// <summary>An error in one sentence, with what caused it.</summary>
    public ModelException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
