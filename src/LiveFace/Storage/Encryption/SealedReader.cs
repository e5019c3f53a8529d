namespace LiveFace.Storage.Encryption;

/// <summary>Reads an encrypted file from any place on. That its end is its end is known before a byte of it is given.</summary>
internal sealed class SealedReader : Stream
{
    private readonly SealedChunks _chunks;
    private readonly byte[] _plain = new byte[SealedChunks.ChunkBytes];
    private readonly long _count;
    private long _at = -1;
    private int _filled;
    private long _position;

    /// <exception cref="SealedFileException">It is not whole.</exception>
    public SealedReader(SealedChunks chunks)
    {
        _chunks = chunks;
        (_count, Length) = (chunks.Count, chunks.Length);
        if (_count == 0)
            throw chunks.Changed();
        Load(_count - 1);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty)
            return 0;
        Load(_position / SealedChunks.ChunkBytes);
        var from = (int)(_position % SealedChunks.ChunkBytes);
        var some = _plain.AsSpan(from, Math.Min(_filled - from, buffer.Length));
        some.CopyTo(buffer);
        _position += some.Length;
        return some.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _chunks.Dispose();
        Array.Clear(_plain);
        base.Dispose(disposing);
    }

    private void Load(long chunk)
    {
        if (chunk == _at)
            return;
        _at = -1;
        _filled = _chunks.Read(chunk, _plain, isLast: chunk == _count - 1);
        if (chunk < _count - 1 && _filled < SealedChunks.ChunkBytes)
            throw _chunks.Changed();
        _at = chunk;
    }
}
