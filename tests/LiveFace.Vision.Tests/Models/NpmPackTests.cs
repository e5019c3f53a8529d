using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>The real npm against a registry of the test's own.</summary>
public sealed class NpmPackTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _tarball = Tarball();
    private HttpListener _listener = new();
    private string _registry = "";
    private Task _serving = Task.CompletedTask;
    private byte[] _served = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _served = _tarball;
        for (var tries = 0; ; tries++)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            _registry = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            free.Stop();
            _listener.Prefixes.Add(_registry);
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (tries < 5)
            {
                _listener = new HttpListener();
            }
        }
        _serving = ServeAsync();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_package_is_fetched_whole()
    {
        var path = await Npm().FetchAsync("@scope/name@1.2.3", Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_tarball);
        (await NpmTarball.ReadAsync(path, ["net/a.onnx"], Cancel)).Single().ShouldBe("whole"u8.ToArray());
    }

    [Fact]
    public async Task A_tarball_that_is_not_what_the_registry_announced_is_refused()
    {
        _served = [.. _tarball];
        _served[^20] ^= 0x40;

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
        _served = [];
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
        await _stop.CancelAsync();
        _listener.Close();
        await _serving;
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<string> FetchAsync() => Npm().FetchAsync("@scope/name@1.2.3", _folder, Cancel);

    private NpmPack Npm() => new(_folder, environment: new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["npm_config_registry"] = _registry,
        ["npm_config_cache"] = Path.Combine(_folder, "npm-cache"),
        ["npm_config_userconfig"] = Path.Combine(_folder, "npmrc"),
        ["npm_config_update_notifier"] = "false",
    });

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
                var (status, body) = path switch
                {
                    "/@scope/name" => (200, System.Text.Encoding.UTF8.GetBytes(Document())),
                    "/name-1.2.3.tgz" => (200, _served),
                    _ => (404, "{}"u8.ToArray()),
                };
                context.Response.StatusCode = status;
                context.Response.ContentType = path.EndsWith(".tgz", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
                context.Response.Close(body, willBlock: false);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private string Document() => $$"""
        {
          "name": "@scope/name", "dist-tags": { "latest": "1.2.3" },
          "versions": { "1.2.3": { "name": "@scope/name", "version": "1.2.3", "dist": {
            "tarball": "{{_registry}}name-1.2.3.tgz",
            "integrity": "sha512-{{Convert.ToBase64String(SHA512.HashData(_tarball))}}" } } }
        }
        """;

    private static byte[] Tarball()
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zipped))
        {
            Add(tar, "package/package.json", """{ "name": "@scope/name", "version": "1.2.3" }"""u8);
            Add(tar, "package/net/a.onnx", "whole"u8);
        }
        return memory.ToArray();
    }

    private static void Add(TarWriter tar, string name, ReadOnlySpan<byte> content)
    {
        using var data = new MemoryStream(content.ToArray());
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
    }
}
