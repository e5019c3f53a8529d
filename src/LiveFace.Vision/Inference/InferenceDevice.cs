using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>The device that models run on, as it was chosen at start.</summary>
/// <param name="Name">The device, such as <c>CPU</c> or the name of a GPU.</param>
/// <param name="Provider">ONNX Runtime's execution provider.</param>
/// <param name="Threads">Threads of one pass on the CPU.</param>
/// <param name="Unused">Why a GPU that was seen is not used; empty where there is none or it is.</param>
public sealed record InferenceDevice(string Name, string Provider, int Threads, string Unused)
{
    /// <summary>ONNX Runtime's handle of a GPU; null on the CPU.</summary>
    internal OrtEpDevice? Handle { get; init; }

    /// <summary>What takes its place when a model does not load on it; null where the settings demand this very device.</summary>
    internal InferenceDevice? Fallback { get; init; }

    /// <summary>Whether models run on a GPU.</summary>
    public bool IsGpu => Handle is not null;

    /// <summary>The line for the log.</summary>
    public override string ToString() =>
        $"{Name}, {Provider}, {Threads} {(Threads == 1 ? "thread" : "threads")}{(Unused.Length > 0 ? $"; a GPU is not used: {Unused}" : "")}";
}
