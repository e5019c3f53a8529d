using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Keeps the stages that preparation tells of.</summary>
internal sealed class StepList : IProgress<PreparationStep>
{
    public List<PreparationStage> Stages { get; } = [];

    public void Report(PreparationStep value) => Stages.Add(value.Stage);
}
