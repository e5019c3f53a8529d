namespace LiveFace.Vision;

/// <summary>A model file that cannot be used: no ONNX, other shapes than its decoder reads, or answers that are no numbers.</summary>
public sealed class ModelRefusedException : Exception
{
    /// <summary>A refusal without a reason; here for serialisers.</summary>
    public ModelRefusedException() => ModelId = "";

    /// <summary>A refusal in one sentence.</summary>
    public ModelRefusedException(string message) : base(message) => ModelId = "";

    /// <summary>A refusal in one sentence, with what caused it.</summary>
    public ModelRefusedException(string message, Exception innerException) : base(message, innerException) => ModelId = "";

    /// <summary>A refusal that says which model, what was expected of it and what was found.</summary>
    public ModelRefusedException(string modelId, string expected, string found, Exception? cause = null)
        : base($"The model '{modelId}' is refused: expected {expected}, found {found}.", cause)
    {
        ModelId = modelId;
        Expected = expected;
    }

    /// <summary>The model's id.</summary>
    public string ModelId { get; }

    /// <summary>What it should have been.</summary>
    public string Expected { get; } = "";
}
