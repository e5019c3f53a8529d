using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Reidentify;

/// <summary>Settings for one thread that leaves the other cores alone.</summary>
internal static class PlainSession
{
    public static SessionOptions Options()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
