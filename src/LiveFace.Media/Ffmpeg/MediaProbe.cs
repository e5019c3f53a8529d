using System.Text.Json;

namespace LiveFace.Media.Ffmpeg;

/// <summary>Asks ffprobe what a file or stream holds.</summary>
public static class MediaProbe
{
    private const int MaximumAnswerBytes = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads the headers of a source.</summary>
    /// <exception cref="FfmpegException">It can not be read; the message says why.</exception>
    public static async Task<MediaInfo> ReadAsync(MediaSource source, FfmpegTools tools, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        string[] arguments = ["-v", "error", "-print_format", "json", "-show_format", "-show_streams", .. source.InputArguments()];
        await using var process = FfmpegProcess.Start(tools, tools.Ffprobe, source.Access, arguments, takesInput: false);
        try
        {
            var answer = await ReadAnswerAsync(process, patience.Token);
            await process.WaitForSuccessAsync(patience.Token);
            return ProbeAnswer.Parse(answer, source);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw process.Failure($"did not read {source} within {Patience.TotalSeconds:F0} s", error);
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
