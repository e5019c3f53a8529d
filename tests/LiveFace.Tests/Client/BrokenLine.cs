using System.Net;

namespace LiveFace.Tests.Client;

/// <summary>A network that breaks: the first piece of an upload gets half its way, and the first answer of events ends after one of them.</summary>
internal sealed class BrokenLine : DelegatingHandler
{
    public BrokenLine() : base(new SocketsHttpHandler())
    {
    }

    /// <summary>How often it broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>Where the pieces of uploads began.</summary>
    public List<string> Offsets { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Patch)
        {
            Offsets.Add(request.Headers.GetValues("Upload-Offset").Single());
            if (Offsets.Count == 1)
                await BreakAsync(request, cancellationToken);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.EndsWith("/events", StringComparison.Ordinal) && Breaks == Math.Min(1, Offsets.Count))
        {
            Breaks++;
            answer.Content = new StreamContent(new FirstEvent(await answer.Content.ReadAsStreamAsync(cancellationToken)))
            {
                Headers = { ContentType = answer.Content.Headers.ContentType },
            };
        }

        return answer;
    }

    private async Task BreakAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var all = await request.Content!.ReadAsByteArrayAsync(cancel);
        using var half = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(all, 0, all.Length / 2) };
        half.Content.Headers.ContentType = request.Content.Headers.ContentType;
        foreach (var header in request.Headers)
            half.Headers.TryAddWithoutValidation(header.Key, header.Value);
        (await base.SendAsync(half, cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Breaks++;
        throw new HttpRequestException("The line broke.");
    }

    /// <summary>Ends as a line does that is cut after the first event.</summary>
    private sealed class FirstEvent(Stream inner) : Stream
    {
        private bool _told;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_told)
                throw new IOException("The line broke.");
            var read = await inner.ReadAsync(buffer, cancellationToken);
            _told = buffer.Span[..read].IndexOf("\n\n"u8) >= 0;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
