using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

public sealed class PreparationTests : PreparationRig
{
    [Fact]
    public async Task A_model_out_of_a_tarball_lands_beside_the_catalogue()
    {
        using var preparation = Preparation(out var model);

        var path = await preparation.PrepareAsync(model, progress: null, Cancel);

        path.ShouldBe(Path.Combine(Folder, "models", "one.onnx"));
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(Content);
        preparation.IsPrepared(model).ShouldBeTrue();
        LeftOver().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_pin_makes_a_prepared_model_stale()
    {
        using var preparation = Preparation(out var model);
        await preparation.PrepareAsync(model, progress: null, Cancel);
        var source = (NpmModelSource)model.Source;

        var moved = model with { Source = source with { Model = source.Model with { Sha256 = new string('0', 64) } } };

        preparation.IsPrepared(moved).ShouldBeFalse();
    }

    [Fact]
    public async Task The_steps_are_told_in_their_order()
    {
        using var preparation = Preparation(out var model);
        var steps = new StepList();

        await preparation.PrepareAsync(model, steps, Cancel);

        steps.Stages.Distinct().ShouldBe([PreparationStage.Fetching, PreparationStage.Checking, PreparationStage.Done]);
    }

    [Fact]
    public async Task Others_can_see_what_is_being_done()
    {
        PreparationStep? seen = null;
        using var preparation = Preparation(out var model);
        Registry.OnFetch = () => seen = preparation.StepOf(model);
        preparation.StepOf(model).ShouldBeNull();

        await preparation.PrepareAsync(model, progress: null, Cancel);

        seen.ShouldNotBeNull().Stage.ShouldBe(PreparationStage.Fetching);
        seen.Value.Detail.ShouldBe("@scope/name@1.2.3");
        preparation.StepOf(model).ShouldBeNull();
    }
}
