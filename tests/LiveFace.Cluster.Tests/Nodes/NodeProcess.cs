using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>A node of a cluster as a process of its own, on 127.0.0.1.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    public const string Secret = "what the nodes of this test know and nobody else does";

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-node-").FullName;
    private readonly StringBuilder _log = new();
    private readonly string[] _arguments;
    private Process _process;

    private NodeProcess(string name, IEnumerable<string> settings)
    {
        Name = name;
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        NodeAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "liveface.dll"), "serve", $"--Listen={Address.ToString().TrimEnd('/')}", $"--Storage:Folder={_folder}",
            "--Media:Port=0", "--Films:Workers=0", $"--Models:Folder={RealModels.Catalogue.Folder}", "--Rooms:FullAt=1", .. settings.Select(Here),
        ];
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
        _process = Start();
    }

    public string Name { get; }

    public Uri Address { get; }

    public Uri NodeAddress { get; }

    /// <summary>Where nodes call it that have certificates.</summary>
    public Uri SecureAddress => new UriBuilder(NodeAddress) { Scheme = Uri.UriSchemeHttps }.Uri;

    public HttpClient Client { get; }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A server that is no node.</summary>
    public static NodeProcess BeginAlone(params string[] settings) => new("alone", settings);

    /// <summary>Begins one, whether or not it comes to anything. Later settings take the place of earlier ones.</summary>
    public static NodeProcess Begin(string name, string database, params string[] settings) => new(name, Clustered(name, database, settings));

    public static async Task<NodeProcess> StartAsync(string name, string database, params string[] settings)
    {
        var node = Begin(name, database, settings);
        await node.ReadyAsync();
        return node;
    }

    public static Task<NodeProcess[]> StartAllAsync(string database, params string[] names) =>
        Task.WhenAll(names.Select(name => StartAsync(name, database)));

    public Task ReadyAsync() => Eventually.IsAsync(async () => _process.HasExited ? throw new InvalidOperationException(Log) : await IsReadyAsync());

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready", Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path, Cancel);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancel));
    }

    public Task<HttpResponseMessage> PutAsync(string path, string json) =>
        Client.PutAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancel);

    /// <summary>As a machine that loses its power.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Cancel);
    }

    public void Hold() => Signal("STOP");

    public void GoOn() => Signal("CONT");

    public void Terminate() => Signal("TERM");

    public Task EndedAsync() => _process.WaitForExitAsync(Cancel);

    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Start();
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            Signal("CONT");
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The files of code that it has in memory, by name.</summary>
    public IReadOnlyCollection<string> LoadedFiles() => File.ReadLines($"/proc/{_process.Id}/maps")
        .Select(line => Path.GetFileName(line)).Where(name => name.EndsWith(".dll", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The most memory that it has had, in bytes.</summary>
    public long PeakMemory()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    private static string[] Clustered(string name, string database, string[] settings) =>
    [
        $"--Cluster:Node={name}", "--Cluster:Address={node}", $"--Cluster:Secret={Secret}", $"--Storage:Database={database}",
        "--Cluster:Url={here}", "--Cluster:LeaseSeconds=5", .. settings,
    ];

    private string Here(string setting) => setting
        .Replace("{node}", NodeAddress.ToString(), StringComparison.Ordinal)
        .Replace("{secure node}", SecureAddress.ToString(), StringComparison.Ordinal).Replace("{here}", Address.ToString(), StringComparison.Ordinal);

    private Process Start()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", _arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        })!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
            _log.AppendLine(line.Data);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{_process.Id}"]) { UseShellExecute = false })!;
        kill.WaitForExit();
    }
}
