using System.Globalization;
using System.Text.Json;

namespace LiveFace.Media.Ffmpeg;

/// <summary>Asks ffprobe what a file or stream holds.</summary>
public static class MediaProbe
{
    private const int MaximumAnswerBytes = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Workers give way to everything else on the machine, and so does what they start.</summary>
    private static readonly TimeSpan FilePatience = TimeSpan.FromMinutes(5);

    /// <summary>All of a film is read.</summary>
    private static readonly TimeSpan CountPatience = TimeSpan.FromMinutes(30);

    /// <summary>Reads the headers of a source.</summary>
    /// <exception cref="FfmpegException">It can not be read; the message says why.</exception>
    public static async Task<MediaInfo> ReadAsync(MediaSource source, FfmpegTools tools, CancellationToken cancellationToken = default) =>
        ProbeAnswer.Parse(await AskAsync(source, tools, ["-show_format", "-show_streams"], source.IsFile ? FilePatience : Patience, cancellationToken), source);

    /// <summary>Counts the pictures that a file holds, without decoding them.</summary>
    /// <exception cref="FfmpegException">It can not be read; the message says why.</exception>
    public static async Task<long> CountPicturesAsync(MediaSource source, FfmpegTools tools, CancellationToken cancellationToken = default)
    {
        var answer = await AskAsync(
            source, tools, ["-select_streams", "v:0", "-count_packets", "-show_entries", "stream=nb_read_packets"], CountPatience, cancellationToken);
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("streams", out var streams) && streams.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } stream
            && stream.TryGetProperty("nb_read_packets", out var count) && long.TryParse(count.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var pictures)
            ? pictures
            : 0;
    }

    private static async Task<ReadOnlyMemory<byte>> AskAsync(
        MediaSource source, FfmpegTools tools, string[] question, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(longest);
        string[] arguments = ["-v", "error", "-print_format", "json", .. question, .. source.InputArguments()];
        await using var process = FfmpegProcess.Start(tools, tools.Ffprobe, source.Access, arguments, takesInput: false);
        try
        {
            var answer = await ReadAnswerAsync(process, patience.Token);
            await process.WaitForSuccessAsync(patience.Token);
            using (JsonDocument.Parse(answer))
                return answer;
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw process.Failure($"did not read {source} within {longest.TotalSeconds:F0} s", error);
        }
        catch (JsonException error)
        {
            throw process.Failure($"described {source} in a way that is not understood", error);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAnswerAsync(FfmpegProcess process, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await process.Output.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (answer.Length + read > MaximumAnswerBytes)
                throw process.Failure("describes too many streams");
            answer.Write(buffer, 0, read);
        }

        return answer.ToArray();
    }
}
