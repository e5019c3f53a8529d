namespace LiveFace.Vision.Inference;

/// <summary>Settings of inference, the section <c>Inference</c> of the configuration.</summary>
public sealed class InferenceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Inference";

    /// <summary>The most threads that a model may be given.</summary>
    public const int MostThreads = 64;

    /// <summary>The most windows that one inference may be given.</summary>
    public const int MostWindows = 64;

    /// <summary>The longest that a window may be made to wait for others.</summary>
    public const int MostWaitMs = 50;

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; set; } = "auto";

    /// <summary>Threads that one pass through a model may use; 0 is half the cores, four at most.</summary>
    public int Threads { get; set; }

    /// <summary>
    /// Whether windows of several rooms are put together into one inference: <c>auto</c> does so on a GPU, <c>on</c>
    /// always, <c>off</c> never.
    /// </summary>
    public string Batching { get; set; } = "auto";

    /// <summary>The most windows of one inference.</summary>
    public int BatchWindows { get; set; } = 8;

    /// <summary>How long a window waits for others, in milliseconds.</summary>
    public double BatchWaitMs { get; set; } = 2;

    /// <summary>How windows are put together on that device; null where each is looked at by itself.</summary>
    internal BatchSettings? BatchesOn(InferenceDevice device) =>
        string.Equals(Batching, "on", StringComparison.OrdinalIgnoreCase)
        || (device.IsGpu && !string.Equals(Batching, "off", StringComparison.OrdinalIgnoreCase))
            ? new BatchSettings { Most = BatchWindows, Wait = TimeSpan.FromMilliseconds(BatchWaitMs) }
            : null;

    /// <summary>What is wrong with the settings, in one sentence, or null.</summary>
    public string? Fault()
    {
        if (DeviceChoices.Parse(Device) is null)
            return $"Inference:Device is '{Device}'; it has to be auto, cpu or cuda.";
        if (Threads is < 0 or > MostThreads)
            return $"Inference:Threads is {Threads}; it has to be a number from 0 (chosen by the number of cores) to {MostThreads}.";
        if (Batching.ToLowerInvariant() is not ("auto" or "on" or "off"))
            return $"Inference:Batching is '{Batching}'; it has to be auto, on or off.";
        if (BatchWindows is < 1 or > MostWindows)
            return $"Inference:BatchWindows is {BatchWindows}; it has to be a number from 1 to {MostWindows}.";
        return BatchWaitMs is >= 0 and <= MostWaitMs
            ? null
            : $"Inference:BatchWaitMs is {BatchWaitMs}; it has to be a number from 0 to {MostWaitMs}.";
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
