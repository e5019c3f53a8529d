using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using LiveFace.Http;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// One worker: a process below everything else on the machine, with an environment without keys. It is asked to stop by the end
/// of what it reads, and made to where it does not; once this returns it is gone, with all that it started.
/// </summary>
internal static class JobProcess
{
    private const string Niceness = "19";
    private const int LongestWord = 16 << 20;

    /// <summary>It says how far it is with each picture; even on a machine that is busy with rooms the next comes by then.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);
    private static readonly string[] Nice = ["/usr/bin/nice", "/bin/nice"];

    /// <summary>What .NET, FFmpeg and the models' preparation need of the server's environment.</summary>
    private static readonly string[] Kept =
        ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "ORT_DISABLE_TELEMETRY"];

    /// <summary>Runs a worker to its end; gives its last word, or null where it died without one.</summary>
    /// <param name="order">What it is to do.</param>
    /// <param name="heard">Told of each word.</param>
    /// <param name="died">Told what a worker said that died.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<JobWord?> RunAsync(JobOrder order, Action<JobWord> heard, Action<string> died, CancellationToken cancel)
    {
        using var process = Start();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var ending = Task.CompletedTask;
        // A read of a pipe may hear of nothing but the pipe's end, which comes with the worker's.
        await using var asked = cancel.Register(() => ending = EndAsync(process));
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, ApiJson.Options));
            await process.StandardInput.FlushAsync(CancellationToken.None);
            JobWord? last = null;
            while (await process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(LongestSilence, CancellationToken.None) is { Length: < LongestWord } line)
            {
                if (JsonSerializer.Deserialize<JobWord>(line, ApiJson.Options) is not { } word)
                    continue;
                if (word.IsLast)
                    last = word;
                else
                    heard(word);
            }

            if (last is not null)
                return last;
            cancel.ThrowIfCancellationRequested();
            await process.WaitForExitAsync(cancel);
            died($"exit code {process.ExitCode}: {Tail(await errors)}");
            return null;
        }
        catch (Exception error) when (error is IOException or JsonException or TimeoutException or ObjectDisposedException)
        {
            // It died while it was spoken to, or in the middle of a word; or it hangs, and is ended; or it was ended before its order was sent.
            cancel.ThrowIfCancellationRequested();
            died(error.Message);
            return null;
        }
        finally
        {
            await ending;
            await EndAsync(process);
        }
    }

    private static Process Start()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "liveface");
        var start = Array.Find(Nice, File.Exists) is { } nice
            ? new ProcessStartInfo(nice, ["-n", Niceness, program, JobWorker.Verb])
            : new ProcessStartInfo(program, [JobWorker.Verb]);
        (start.UseShellExecute, start.CreateNoWindow) = (false, true);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var kept = start.Environment.Where(variable => Kept.Contains(variable.Key, StringComparer.Ordinal)).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The system started no worker.");
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            // It is gone, and what was to be sent with it.
        }

        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            try
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
            catch (Exception error) when (error is InvalidOperationException or Win32Exception)
            {
                // It ended by itself in between.
            }
        }
    }

    private static string Tail(string text) => text.Length <= 2000 ? text.Trim() : text[^2000..].Trim();
}
