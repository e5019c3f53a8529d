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

    private readonly Process _process;
    private readonly string _tool;
    private readonly ErrorTail _errors = new();
    private readonly Task _errorsRead;
    private bool _disposed;

    private FfmpegProcess(Process process, string tool)
    {
        _process = process;
        _tool = tool;
        Id = process.Id;
        _errorsRead = ReadErrorsAsync();
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it said last.</summary>
    public string Said => _errors.ToString();

    public int Id { get; }

    public static FfmpegProcess Start(WorkerCommand? confiner, string tool, IReadOnlyCollection<string> arguments, bool takesInput)
    {
        // The names of files say file: before them, so what has a scheme is an address.
        var needs = arguments.Any(one => one.Contains("://", StringComparison.Ordinal) && !one.StartsWith("file:", StringComparison.Ordinal))
            ? ConfinedTool.Network
            : ConfinedTool.Files;
        var start = new ProcessStartInfo(
            confiner?.Program ?? tool, confiner is null ? arguments : [.. confiner.Arguments, needs, tool, .. arguments])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Its reports would be files in the working folder, with addresses inside.
        start.Environment.Remove("FFREPORT");
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception error)
        {
            throw new FfmpegException($"{tool} can not be started: {error.Message}. On Debian or Ubuntu: apt-get install ffmpeg.", error);
        }

        var running = new FfmpegProcess(process!, tool);
        if (!takesInput)
            process!.StandardInput.Close();
        return running;
    }

    /// <summary>Waits for the end; anything but success is an exception with what the process said.</summary>
    public async Task WaitForSuccessAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _errorsRead.WaitAsync(cancellationToken);
        if (_process.ExitCode != 0)
            throw Failure($"ended with exit code {_process.ExitCode}");
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
