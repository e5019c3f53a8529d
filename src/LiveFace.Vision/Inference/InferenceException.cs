namespace LiveFace.Vision.Inference;

/// <summary>Inference cannot run as it was asked to. The message is a sentence that says what to do.</summary>
public sealed class InferenceException : Exception
{
    /// <summary>An error without a sentence; here for serialisers.</summary>
    public InferenceException()
    {
    }

    /// <summary>An error in one sentence.</summary>
    public InferenceException(string message) : base(message)
    {
    }

    /// <summary>An error in one sentence, with what caused it.</summary>
    public InferenceException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
