using System.Diagnostics;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>The real npm against a registry of the test's own.</summary>
public sealed class NpmPackTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;
    private readonly NpmRegistry _registry = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_package_is_fetched_whole()
    {
        var path = await Npm().FetchAsync("@scope/name@1.2.3", Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_registry.Tarball);
        (await NpmTarball.ReadAsync(path, ["net/a.onnx"], Cancel)).Single().ShouldBe("whole"u8.ToArray());
    }

    [Fact]
    public async Task A_tarball_that_is_not_what_the_registry_announced_is_refused()
    {
        _registry.Served[^20] ^= 0x40;

        (await Should.ThrowAsync<ModelException>(FetchAsync)).Message.ShouldStartWith("npm could not fetch @scope/name@1.2.3: ");
    }

    [Fact]
    public async Task A_package_that_the_registry_does_not_have_is_told_in_one_sentence()
    {
        var error = await Should.ThrowAsync<ModelException>(() => Npm().FetchAsync("no-such-thing@1.0.0", _folder, Cancel));

        error.Message.ShouldStartWith("npm could not fetch no-such-thing@1.0.0: ");
        error.Message.ShouldEndWith("Check the network and npm's registry setting.");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Cancelling_ends_npm_too()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _registry.Served = [];
        var script = Path.Combine(_folder, "slow-npm");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho $$ > {_folder}/pid\nmv {_folder}/pid {_folder}/started\nexec sleep 600\n", Cancel);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var fetching = new NpmPack(_folder, script).FetchAsync("name@1.2.3", _folder, cancel.Token);
        var started = Path.Combine(_folder, "started");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10)))
            while (!File.Exists(started))
                await timer.WaitForNextTickAsync(deadline.Token);
        using var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(started, Cancel)));
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => fetching);
        await process.WaitForExitAsync(deadline.Token);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task An_npm_that_was_interrupted_counts_as_stopped_and_not_as_failed()
    {
        var script = Path.Combine(_folder, "interrupted-npm");
        await File.WriteAllTextAsync(script, "#!/bin/sh\nexit 130\n", Cancel);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await Should.ThrowAsync<OperationCanceledException>(() => new NpmPack(_folder, script).FetchAsync("name@1.2.3", _folder, Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<string> FetchAsync() => Npm().FetchAsync("@scope/name@1.2.3", _folder, Cancel);

    private NpmPack Npm() => new(_folder, environment: new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["npm_config_registry"] = _registry.Address,
        ["npm_config_cache"] = Path.Combine(_folder, "npm-cache"),
        ["npm_config_userconfig"] = Path.Combine(_folder, "npmrc"),
        ["npm_config_update_notifier"] = "false",
    });
}
