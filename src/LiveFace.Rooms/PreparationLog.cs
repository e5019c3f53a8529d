using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Rooms;

/// <summary>Logs what preparation does while the server runs: each stage once, since a fetch may take minutes.</summary>
internal sealed partial class PreparationLog(ILogger logger) : IProgress<PreparationStep>
{
    private PreparationStage _last;

    public void Report(PreparationStep value)
    {
        if (value.Stage == _last)
            return;
        _last = value.Stage;
        LogStep(logger, value.ModelId, value.Stage, value.Detail);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model}: {Stage} {Detail}")]
    private static partial void LogStep(ILogger logger, string model, PreparationStage stage, string detail);
}
