using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
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
    public async Task A_second_run_reads_neither_tarball_nor_registry()
    {
        using (var first = Preparation(out var model))
            await first.PrepareAsync(model, progress: null, Cancel);
        Registry.Fetched.ShouldBe(1);
        Directory.Delete(Path.Combine(Folder, ".cache"), recursive: true);

        using var second = Preparation(out var again);
        var steps = new StepList();
        await second.PrepareAsync(again, steps, Cancel);

        Registry.Fetched.ShouldBe(1);
        steps.Stages.ShouldBe([PreparationStage.Ready]);
    }

    [Fact]
    public async Task A_model_that_was_deleted_comes_back_from_the_cache_without_a_registry()
    {
        using var preparation = Preparation(out var model);
        File.Delete(await preparation.PrepareAsync(model, progress: null, Cancel));

        await preparation.PrepareAsync(model, progress: null, Cancel);

        Registry.Fetched.ShouldBe(1);
        preparation.IsPrepared(model).ShouldBeTrue();
    }

    [Fact]
    public async Task A_prepared_model_that_was_damaged_is_made_again()
    {
        using var preparation = Preparation(out var model);
        var path = await preparation.PrepareAsync(model, progress: null, Cancel);
        await File.WriteAllBytesAsync(path, new byte[Content.Length], Cancel);

        await preparation.PrepareAsync(model, progress: null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(Content);
    }

    [Fact]
    public async Task An_installed_package_of_the_pinned_version_is_used_without_a_registry()
    {
        Install("1.2.3");
        using var preparation = Preparation(out var model);

        await preparation.PrepareAsync(model, progress: null, Cancel);

        Registry.Fetched.ShouldBe(0);
    }

    [Fact]
    public async Task An_installed_package_of_another_version_is_passed_by()
    {
        Install("1.2.4");
        using var preparation = Preparation(out var model);

        await preparation.PrepareAsync(model, progress: null, Cancel);

        Registry.Fetched.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_hash_is_told_with_both_hashes_and_leaves_nothing_behind()
    {
        Registry.Tarball = Tarball("package/net/a.onnx", "something else"u8.ToArray());
        using var preparation = Preparation(out var model);

        var error = await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel));

        error.Message.ShouldContain("net/a.onnx of @scope/name@1.2.3 has the SHA-256");
        error.Message.ShouldContain(Hash(Content));
        error.Message.ShouldContain(Hash("something else"u8.ToArray()));
        LeftOver().ShouldBeEmpty();
        Directory.EnumerateFiles(Folder, "*.onnx", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task A_tarball_that_breaks_off_is_told_and_leaves_nothing_behind(int length)
    {
        Registry.Tarball = Registry.Tarball[..length];
        using var preparation = Preparation(out var model);

        var error = await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel));

        error.Message.ShouldContain("The tarball of @scope/name@1.2.3 could not be read");
        LeftOver().ShouldBeEmpty();
        Directory.EnumerateFiles(Folder, "*.tgz", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_tarball_in_the_cache_is_fetched_again()
    {
        using var preparation = Preparation(out var model);
        File.Delete(await preparation.PrepareAsync(model, progress: null, Cancel));
        var cached = Directory.EnumerateFiles(Path.Combine(Folder, ".cache", "npm")).Single();
        await File.WriteAllBytesAsync(cached, "rubbish"u8.ToArray(), Cancel);

        await preparation.PrepareAsync(model, progress: null, Cancel);

        Registry.Fetched.ShouldBe(2);
        preparation.IsPrepared(model).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_the_package_does_not_hold_is_named()
    {
        Registry.Tarball = Tarball("package/net/b.onnx", Content);
        using var preparation = Preparation(out var model);

        var error = await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel));

        error.Message.ShouldContain("there is no net/a.onnx in it");
    }

    [Fact]
    public async Task A_registry_out_of_reach_is_told_and_leaves_nothing_behind()
    {
        Registry.Fault = new ModelException("npm could not fetch it");
        using var preparation = Preparation(out var model);

        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel)))
            .Message.ShouldBe("npm could not fetch it");

        LeftOver().ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Registry.OnFetch = cancel.Cancel;
        using var preparation = Preparation(out var model);

        await Should.ThrowAsync<OperationCanceledException>(() => preparation.PrepareAsync(model, progress: null, cancel.Token));

        LeftOver().ShouldBeEmpty();
        preparation.IsPrepared(model).ShouldBeFalse();
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

    [Fact]
    public async Task A_missing_npm_is_told_with_what_to_install()
    {
        Preparation(out var model).Dispose();
        using var preparation = new ModelPreparation(
            ModelCatalogue.Load(Path.Combine(Folder, "models")), TimeProvider.System, Folder, new NpmPack(Folder, "no-such-npm"));

        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel)))
            .Message.ShouldContain("install Node.js with npm");
        LeftOver().ShouldBeEmpty();
    }
}
