namespace LiveFace.Vision.Models.Preparation;

/// <summary>What preparation is doing for a model now; <paramref name="Elapsed"/> since it began with that model.</summary>
public readonly record struct PreparationStep(string ModelId, PreparationStage Stage, string Detail, TimeSpan Elapsed);

/// <summary>The stages of preparation, in their order.</summary>
public enum PreparationStage
{
    /// <summary>Nothing to do: it was prepared before.</summary>
    Ready,

    /// <summary>npm fetches the package.</summary>
    Fetching,

    /// <summary>The files are read and their hashes checked.</summary>
    Checking,

    /// <summary>The files become ONNX.</summary>
    Converting,

    /// <summary>The model lies in its place.</summary>
    Done,
}
