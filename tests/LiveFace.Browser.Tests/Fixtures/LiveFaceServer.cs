using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>The real program, started as a user starts it, on ports and a data folder of its own.</summary>
internal sealed class LiveFaceServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _data = Directory.CreateTempSubdirectory("liveface-").FullName;
    private readonly Dictionary<string, string> _settings;
    private Process? _process;

    private LiveFaceServer(Dictionary<string, string> settings) => _settings = settings;

    public int Port { get; } = FreePort.Next();

    public int MediaPort { get; } = FreePort.Next();

    public string Address => $"http://localhost:{Port}";

    /// <summary>Where it keeps what outlives it.</summary>
    public string DataFolder => _data;

    /// <summary>What the program has printed so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>The same by lines; those of the latest start.</summary>
    public IReadOnlyCollection<string> LogLines => _log;

    /// <summary>The running process, for reading what it uses.</summary>
    public Process Process => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>In a setting, <c>{address}</c> is the server's own.</summary>
    public static async Task<LiveFaceServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var server = Prepare();
        await server.BeginAsync(settings);
        return server;
    }

    /// <summary>One that has its addresses and does not run yet.</summary>
    public static LiveFaceServer Prepare() => new([]);

    public Task BeginAsync(params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
            _settings[key] = value;
        return StartAgainAsync();
    }

    /// <summary>
    /// Starts the program; also after <see cref="StopAsync"/>, on the same ports and data. It is waited for until it says
    /// that it is ready, or that something keeps it from that.
    /// </summary>
    public async Task StartAgainAsync(HttpStatusCode readiness = HttpStatusCode.OK)
    {
        _log.Clear();
        var start = new ProcessStartInfo(Repository.Program, ["serve"])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = Port.ToString();
        start.Environment["Media__Port"] = MediaPort.ToString();
        start.Environment["Storage__Folder"] = _data;
        foreach (var (key, value) in _settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value.Replace("{address}", Address, StringComparison.Ordinal);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient();
        using var deadline = new CancellationTokenSource(StartDeadline);
        while (await ReadinessAsync(http, deadline.Token) != readiness)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Log}");
            await Task.Delay(50, deadline.Token);
        }
    }

    /// <summary>Ends the program: politely, so that it drains, or at once, as a crash would.</summary>
    public async Task StopAsync(bool crash = false)
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
        {
            if (crash)
                _process.Kill();
            else
                using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
                    await kill.WaitForExitAsync();
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            await _process.WaitForExitAsync(deadline.Token);
        }

        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(crash: true);
        Directory.Delete(_data, recursive: true);
    }

    private async Task<HttpStatusCode?> ReadinessAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync($"{Address}/health/ready", cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _log.Enqueue(line);
        while (_log.Count > 500)
            _log.TryDequeue(out _);
    }
}
