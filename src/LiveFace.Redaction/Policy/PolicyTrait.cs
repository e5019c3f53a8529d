namespace LiveFace.Redaction.Policy;

/// <summary>What a policy may ask to be read of faces.</summary>
public enum PolicyTrait
{
    /// <summary>How old somebody looks.</summary>
    Age,

    /// <summary>Which gender somebody looks like.</summary>
    Gender,

    /// <summary>Which emotion a face shows.</summary>
    Emotion,
}
