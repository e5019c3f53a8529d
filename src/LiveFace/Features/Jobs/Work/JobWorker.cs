using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Http;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Images;
using LiveFace.Storage.Encryption;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// The process that does one job, started by the server: reads its order as a line, says how far it is in lines, and stops when
/// what it reads from ends, as it does when the server is gone. What no rule foresaw ends it; the server counts that.
/// </summary>
internal static partial class JobWorker
{
    /// <summary>The verb that the program runs this for.</summary>
    public const string Verb = "job-worker";

    /// <summary>What is said where the disk takes no more; other machines may have more of it.</summary>
    public const string DiskIsFull = "The server's disk is full.";

    private const int Stopped = 130, Misused = 126;
    private const int DiskFull = 28;
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        await using var output = Console.OpenStandardOutput();
        if (await input.ReadLineAsync() is not { } line || JsonSerializer.Deserialize<JobOrder>(line, ApiJson.Options) is not { } order)
            return Misused;
        using var stop = new CancellationTokenSource();
        var listening = ListenAsync(input, stop);
        var words = new JobWords(output);
        try
        {
            await using var held = await TakeAsync(Path.Combine(order.Folder, "lock"), stop.Token);
            words.Say(await DoAsync(order, words, stop.Token));
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopped;
        }
        catch (Exception error) when (Sentence(error, order) is { } sentence)
        {
            words.Say(new JobWord { Problem = sentence });
            return 0;
        }
    }

    private static Task<JobWord> DoAsync(JobOrder order, JobWords words, CancellationToken cancel) =>
        order.Kind == State.JobKind.Picture ? new PictureJob(order, words).RunAsync(cancel) : new FilmJob(order, words).RunAsync(cancel);

    /// <summary>The server sends nothing more: its end is the sign.</summary>
    private static async Task ListenAsync(StreamReader input, CancellationTokenSource stop)
    {
        while (await input.ReadLineAsync() is not null)
        {
        }

        await stop.CancelAsync();
    }

    /// <summary>The worker of a server that was killed may need a moment to end.</summary>
    private static async Task<FileStream> TakeAsync(string path, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockPause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockPatience)
            {
                await Task.Delay(LockPause, cancel);
            }
        }
    }

    /// <summary>For whoever uploaded: what they can put right, and no path of the server.</summary>
    private static string? Sentence(Exception error, JobOrder order)
    {
        if (error is IOException { HResult: DiskFull } || error.Message.Contains("No space left on device", StringComparison.Ordinal))
            return DiskIsFull;
        if (error is SealedFileException)
            return $"A file of this job cannot be read: {error.Message}";
        return error is FileRedactionException or BoxFileException or FfmpegException or ImageException or ModelException or ModelRefusedException or InferenceException
            ? MemoryName().Replace(error.Message, order.Name).Replace(Path.Combine(order.Folder, "source"), order.Name, StringComparison.Ordinal)
                .Replace(order.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            : null;
    }

    /// <summary>How FFmpeg names a film that is in memory.</summary>
    [GeneratedRegex("(file:)?/proc/(self|[0-9]+)/fd/[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MemoryName();
}
