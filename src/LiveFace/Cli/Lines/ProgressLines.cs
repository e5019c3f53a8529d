using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Cli.Lines;

/// <summary>Tells preparation's steps as lines; a step that goes on is told again only now and then.</summary>
internal sealed class ProgressLines(TextWriter output) : IProgress<PreparationStep>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private PreparationStep _last;

    public void Report(PreparationStep value)
    {
        var same = value.Stage == _last.Stage && value.Detail == _last.Detail && value.ModelId == _last.ModelId;
        if (same && value.Elapsed - _last.Elapsed < Patience)
            return;
        _last = value;
        var detail = value.Detail.Length > 0 ? " " + value.Detail : "";
        var time = value.Elapsed >= TimeSpan.FromSeconds(1) ? $" ({value.Elapsed.TotalSeconds:0} s)" : "";
        output.WriteLine($"{value.ModelId}: {ModelWords.Of(value.Stage)}{detail}{time}");
    }
}
