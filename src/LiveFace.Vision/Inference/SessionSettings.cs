using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>How sessions are set up on a device.</summary>
internal static class SessionSettings
{
    public static SessionOptions For(InferenceDevice device)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = device.Threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // A thread that spins for its next piece of work takes the core that a codec needs.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        // Numbers too small to be normal slow a pass down many times over and change nothing that is seen.
        options.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        if (device.Handle is { } gpu)
            options.AppendExecutionProvider(OrtEnv.Instance(), [gpu], new Dictionary<string, string>(StringComparer.Ordinal));
        return options;
    }
}
