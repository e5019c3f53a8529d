using System.ComponentModel;
using System.Diagnostics;

using LiveFace.Media.Sandbox;
using LiveFace.Media.Sandbox.Worker;

namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// One run of ffmpeg or ffprobe. Arguments are passed one by one, never through a shell. However it ends, the process is
/// gone and waited for once this is disposed.
/// </summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>Where tools are, which language they speak, how they reach the network and whom they trust there.</summary>
    private static readonly string[] KeptVariables =
        ["PATH", "LANG", "LC_ALL", "http_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    private readonly Process _process;
    private readonly string _tool;
    private readonly bool _isConfined;
    private readonly ErrorTail _errors = new();
    private readonly Task _errorsRead;
    private bool _disposed;

    private FfmpegProcess(Process process, string tool, bool isConfined)
    {
        _process = process;
        _tool = tool;
        _isConfined = isConfined;
        Id = process.Id;
        _errorsRead = ReadErrorsAsync();
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it said last.</summary>
    public string Said => _errors.ToString();

    public int Id { get; }

    /// <param name="tools">Where the tools are, and what confines them.</param>
    /// <param name="tool">The one that runs.</param>
    /// <param name="access">What its arguments name; confined, it gets no other file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="takesInput">Whether something is written to it.</param>
    /// <exception cref="FfmpegException">It cannot be started.</exception>
    public static FfmpegProcess Start(
        FfmpegTools tools, string tool, ToolAccess access, IReadOnlyCollection<string> arguments, bool takesInput)
    {
        var start = new ProcessStartInfo(
            tools.Confiner?.Command.Program ?? tool,
            tools.Confiner is { } confiner ? [.. confiner.Arguments(access), tool, .. arguments] : arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ChildEnvironment.Reduce(start.Environment, KeptVariables);
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception error)
        {
            throw new FfmpegException($"{tool} can not be started: {error.Message}. On Debian or Ubuntu: apt-get install ffmpeg.", error);
        }

        var running = new FfmpegProcess(process!, tool, tools.Confiner is not null);
        if (!takesInput)
            process!.StandardInput.Close();
        return running;
    }

    /// <summary>Waits for the end, and gives the exit code.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _errorsRead.WaitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits for the end; anything but success is an exception with what the process said.</summary>
    public async Task WaitForSuccessAsync(CancellationToken cancellationToken)
    {
        var code = await WaitAsync(cancellationToken);
        if (code == ConfinedTool.NotConfined && _isConfined)
            throw Failure("is not started, since it cannot be confined as is required");
        if (code != 0)
            throw Failure($"ended with exit code {code}");
    }

    public FfmpegException Failure(string what, Exception? inner = null) =>
        new($"{_tool} {what}{(Said.Length > 0 ? ": " + Said : ".")}", inner ?? new IOException(what));

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            using var patience = new CancellationTokenSource(KillPatience);
            await _process.WaitForExitAsync(patience.Token);
            await _errorsRead.WaitAsync(patience.Token);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or OperationCanceledException)
        {
            // It ended by itself between the question and the kill, or the system holds on to it; there is no more to do.
        }

        // The process leaves streams that somebody has used to that somebody.
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        await CloseInputAsync();
        _process.Dispose();
    }

    private async ValueTask CloseInputAsync()
    {
        try
        {
            await _process.StandardInput.BaseStream.DisposeAsync();
        }
        catch (IOException)
        {
            // What was still to be written has nowhere to go.
        }
    }

    private async Task ReadErrorsAsync()
    {
        try
        {
            while (await _process.StandardError.ReadLineAsync() is { } line)
                _errors.Add(line);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The pipe is gone with the process; what was said before is kept.
        }
    }
}
