using System.Buffers;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Files.Uploads;

/// <summary>
/// Takes bodies of requests to disk, so large at most and so fast at least. An upload that is under way costs one buffer of
/// memory, whatever it brings, and one that stands still ends.
/// </summary>
internal sealed class UploadReceiver(UploadFolder folder, IOptions<UploadOptions> options, TimeProvider time)
{
    private const int BufferBytes = 32 << 10;

    /// <summary>How long an upload may be behind the rate, so that a slow start ends none.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly double _bytesPerSecond = options.Value.MinimumKilobytesPerSecond * 1024.0;

    /// <summary>The body of a request, once it is whole.</summary>
    /// <exception cref="ProblemException">It is too large or too slow, or the disk is full.</exception>
    public async Task<Upload> ReceiveAsync(HttpContext context, long maximumBytes)
    {
        if (context.Request.ContentLength > maximumBytes)
            throw TooLarge(maximumBytes);
        var upload = Begin();
        try
        {
            await FillAsync(upload, context.Request.Body, maximumBytes, context.RequestAborted);
            return upload;
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    internal Upload Begin()
    {
        try
        {
            return new Upload(folder.Open());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoRoom();
        }
    }

    internal async Task FillAsync(Upload upload, Stream body, long maximumBytes, CancellationToken cancel)
    {
        var (began, before) = (time.GetTimestamp(), upload.Length);
        using var late = new CancellationTokenSource(Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await body.ReadAsync(buffer, either.Token) is > 0 and var count)
            {
                if (upload.Length + count > maximumBytes)
                    throw TooLarge(maximumBytes);
                await AppendAsync(upload, buffer.AsMemory(0, count), cancel);
                var allowed = Grace + TimeSpan.FromSeconds((upload.Length - before) / _bytesPerSecond) - time.GetElapsedTime(began);
                if (allowed <= TimeSpan.Zero)
                    throw TooSlow();
                late.CancelAfter(allowed);
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw TooSlow();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static async Task AppendAsync(Upload upload, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await upload.AppendAsync(bytes, cancel);
        }
        catch (IOException)
        {
            throw NoRoom();
        }
    }

    private ProblemException TooSlow() =>
        new(Problem.TooSlow, $"An upload brings at least {_bytesPerSecond / 1024:0} KiB a second.");

    private static ProblemException TooLarge(long maximum) => new(Problem.TooLarge, $"At most {maximum} bytes are taken.");

    private static ProblemException NoRoom() => new(Problem.TooBusy, "The server's disk takes no more uploads.");
}
