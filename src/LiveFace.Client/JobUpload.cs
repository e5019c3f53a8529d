using System.Globalization;
using System.Net.Http.Headers;

namespace LiveFace.Client;

/// <summary>An upload in pieces, as tus 1.0.0 does it: what broke off is asked for, and gone on with.</summary>
internal sealed class JobUpload(LiveFaceClient client, Uri address, Stream file, IProgress<long>? sent)
{
    private const int PieceBytes = 8 << 20;
    private const string OffsetMismatch = "upload-offset";
    private readonly byte[] _piece = new byte[PieceBytes];
    private readonly Patience _patience = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        long? at = null;
        while (at is null || at < file.Length)
        {
            try
            {
                var came = at is { } offset ? await SendAsync(offset, cancel).ConfigureAwait(false) : await AskAsync(cancel).ConfigureAwait(false);
                if (at is not null)
                    _patience.Renew();
                sent?.Report(came);
                at = came;
            }
            catch (LiveFaceException refused) when (refused.Code == OffsetMismatch && at is not null)
            {
                // Another piece is still being put down: how much has come is asked anew, as often as patience lasts.
                if (!await _patience.LastsAsync(new IOException(refused.Message, refused), cancel).ConfigureAwait(false))
                    throw;
                at = null;
            }
            catch (Exception error) when (error is IOException or HttpRequestException or LiveFaceException or TaskCanceledException)
            {
                if (!await _patience.LastsAsync(error, cancel).ConfigureAwait(false))
                    throw;
                at = null;
            }
        }
    }

    private async Task<long> AskAsync(CancellationToken cancel)
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), cancel).ConfigureAwait(false);
        return OffsetOf(answer);
    }

    private async Task<long> SendAsync(long offset, CancellationToken cancel)
    {
        file.Position = offset;
        var read = await file.ReadAtLeastAsync(_piece.AsMemory(0, (int)Math.Min(PieceBytes, file.Length - offset)), 1, cancellationToken: cancel).ConfigureAwait(false);
        var request = new HttpRequestMessage(HttpMethod.Patch, address)
        {
            Headers = { { "Upload-Offset", offset.ToString(CultureInfo.InvariantCulture) } },
            Content = new ByteArrayContent(_piece, 0, read) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } },
        };
        using var answer = await client.SendAsync(request, cancel, isLong: true).ConfigureAwait(false);
        return OffsetOf(answer);
    }

    private static long OffsetOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Upload-Offset", out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw new LiveFaceException("The server does not say how much has come.");
}
