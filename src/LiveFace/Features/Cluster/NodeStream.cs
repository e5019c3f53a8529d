using System.Runtime.CompilerServices;
using System.Text.Json;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Http;

namespace LiveFace.Features.Cluster;

/// <summary>Reads what another node tells line by line, until it ends, breaks, or is silent for too long.</summary>
internal sealed class NodeStream(NodeCaller caller)
{
    private const int LongestLine = 512 * 1024;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <exception cref="ClusterException">It cannot be reached, does not have what was asked for, or broke off.</exception>
    public async IAsyncEnumerable<FeedLine> ReadAsync(Uri node, string path, bool claims, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        silence.CancelAfter(Silence);
        using var answer = await caller.CallAsync(node, HttpMethod.Get, path, default, request =>
        {
            if (claims)
                request.Headers.TryAddWithoutValidation(OwnerForward.ClaimHeader, "1");
        }, silence.Token);
        if (!answer.IsSuccessStatusCode)
            throw new ClusterException($"The node answered {(int)answer.StatusCode}.");
        await using var body = await answer.Content.ReadAsStreamAsync(silence.Token);
        var lines = new LineReader(body, LongestLine);
        while (await NextAsync(lines, silence.Token, cancel) is { } line)
        {
            silence.CancelAfter(Silence);
            yield return line;
        }
    }

    private static async Task<FeedLine?> NextAsync(LineReader lines, CancellationToken silence, CancellationToken cancel)
    {
        try
        {
            return await lines.NextAsync(silence) is { } line ? JsonSerializer.Deserialize<FeedLine>(line.Span, ApiJson.Options) : null;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or JsonException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw new ClusterException("The node broke off.", error);
        }
    }

    /// <summary>Lines of a stream, none longer than it may be.</summary>
    private sealed class LineReader(Stream stream, int longest)
    {
        private byte[] _buffer = new byte[16 * 1024];
        private int _length;
        private int _taken;

        public async Task<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancel)
        {
            _buffer.AsSpan(_taken, _length - _taken).CopyTo(_buffer);
            (_length, _taken) = (_length - _taken, 0);
            var looked = 0;
            while (true)
            {
                var end = _buffer.AsSpan(looked, _length - looked).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    _taken = looked + end + 1;
                    return _buffer.AsMemory(0, _taken - 1);
                }

                looked = _length;
                if (_length == _buffer.Length)
                    Array.Resize(ref _buffer, _length < longest ? _length * 2 : throw new IOException("A line is too long."));
                var count = await stream.ReadAsync(_buffer.AsMemory(_length), cancel);
                if (count == 0)
                    return null;
                _length += count;
            }
        }
    }
}
