namespace LiveFace.Vision.Inference;

/// <summary>Settings of inference, the section <c>Inference</c> of the configuration.</summary>
public sealed class InferenceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Inference";

    /// <summary>The most threads that a model may be given.</summary>
    public const int MostThreads = 64;

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; set; } = "auto";

    /// <summary>Threads that one pass through a model may use; 0 is half the cores, four at most.</summary>
    public int Threads { get; set; }

    /// <summary>Path of the CUDA provider's library; empty looks where <c>liveface gpu fetch</c> puts it.</summary>
    public string CudaLibrary { get; set; } = "";

    /// <summary>What is wrong with the settings, in one sentence, or null.</summary>
    public string? Fault()
    {
        if (DeviceChoices.Parse(Device) is null)
            return $"Inference:Device is '{Device}'; it has to be auto, cpu or cuda.";
        return Threads is < 0 or > MostThreads
            ? $"Inference:Threads is {Threads}; it has to be a number from 0 (chosen by the number of cores) to {MostThreads}."
            : null;
    }
}

/// <summary>Which device the settings ask for.</summary>
internal enum DeviceChoice
{
    Auto,
    Cpu,
    Cuda,
}

internal static class DeviceChoices
{
    public static DeviceChoice? Parse(string text) => text.ToLowerInvariant() switch
    {
        "auto" => DeviceChoice.Auto,
        "cpu" => DeviceChoice.Cpu,
        "cuda" => DeviceChoice.Cuda,
        _ => null,
    };
}
