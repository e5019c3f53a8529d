using LiveFace.Vision.Models;

namespace LiveFace.Restoration.Tests;

/// <summary>Models that are no remover, small marks, and work that is stopped.</summary>
public sealed class RemoverRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_few_marked_pixels_are_no_mark()
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Red());
        foreach (var (width, height) in new[] { (1, 1), (2, 3), (9, 2) })
        {
            using var frame = rig.Scene(width, height, marked: true, out var marks);
            using var before = rig.Scene(width, height, marked: false, out _);
            marks.ShouldBeGreaterThan(0);
            rig.Remover.Remove(frame, Cancel).IsEmpty.ShouldBeTrue();
            frame.RowY(0)[0].ShouldBe(RemoverRig.Marked(before.RowY(0)[0]));
        }
    }

    [Fact]
    public async Task A_model_of_another_kind_is_refused_by_name()
    {
        using var models = MarkModels.Red();
        var local = Path.Combine(models.Path, "models.local.json");
        await File.WriteAllTextAsync(local, (await File.ReadAllTextAsync(local, Cancel)).Replace("watermark.onnx", "none.onnx", StringComparison.Ordinal), Cancel);
        using var sessions = RemoverRig.Sessions(models, out var catalogue);
        (await Should.ThrowAsync<ModelException>(() => WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel))).Message.ShouldContain("watermark");
        await File.WriteAllTextAsync(local, """{"off":["liveface"]}""", Cancel);
        var without = ModelCatalogue.Load(models.Path);
        if (!without.Models.Any(model => model is { Job: ModelJob.Watermark, IsOn: true }))
            (await Should.ThrowAsync<ModelException>(() => WatermarkRemover.OpenAsync(without, sessions, progress: null, Cancel))).Message.ShouldContain("liveface models");
    }

    [Fact]
    public async Task It_stops_when_told_to()
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Red());
        using var frame = rig.Scene(100, 100, marked: true, out _);
        Should.Throw<OperationCanceledException>(() => rig.Remover.Remove(frame, new CancellationToken(canceled: true)));
    }
}
