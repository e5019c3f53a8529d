namespace LiveFace.Storage.Encryption;

/// <summary>
/// Writes an encrypted file from its beginning, or goes on behind what is there. A file is whole once <see cref="Finish"/> has
/// marked its end; what was only begun stays one that can be gone on with, and that no reader opens.
/// </summary>
internal sealed class SealedWriter : Stream
{
    private readonly SealedChunks _chunks;
    private readonly byte[] _plain = new byte[SealedChunks.ChunkBytes];
    private readonly bool _ends;
    private long _index;
    private int _filled;
    private bool _changed;
    private bool _finished;

    private SealedWriter(SealedChunks chunks, bool ends) => (_chunks, _ends) = (chunks, ends);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes that were written.</summary>
    public override long Length => _index * SealedChunks.ChunkBytes + _filled;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Writes an empty file, which is whole when the stream is closed.</summary>
    public static SealedWriter Begin(SealedChunks empty) => new(empty, ends: true) { _changed = true };

    /// <summary>Goes on behind what is whole of a file. What a crash tore is taken away.</summary>
    public static SealedWriter Continue(SealedChunks chunks)
    {
        var writer = new SealedWriter(chunks, ends: false);
        var last = chunks.Count - 1;
        while (last >= 0 && (chunks.TryRead(last, writer._plain, isLast: false) ?? chunks.TryRead(last, writer._plain, isLast: true)) is var read)
        {
            if (read is { } bytes)
            {
                writer.Stand(last, bytes);
                break;
            }

            chunks.CutAt(last--);
        }

        return writer;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_filled == SealedChunks.ChunkBytes)
            {
                Put(isLast: false);
                (_index, _filled) = (_index + 1, 0);
            }

            var some = buffer[..Math.Min(buffer.Length, SealedChunks.ChunkBytes - _filled)];
            some.CopyTo(_plain.AsSpan(_filled));
            (_filled, _changed) = (_filled + some.Length, true);
            buffer = buffer[some.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Puts what has come on the disk, as something that goes on.</summary>
    public override void Flush()
    {
        if (_finished || !_changed || _ends)
            return;
        Put(isLast: false);
        _changed = false;
    }

    /// <summary>Marks the end, and waits until the disk has it all.</summary>
    public void Finish()
    {
        if (_finished)
            return;
        Put(isLast: true);
        _chunks.Flush();
        _finished = true;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing && _ends)
                Finish();
            else if (disposing)
                Flush();
        }
        catch (IOException) when (!_ends)
        {
            // Whoever has to know that it is kept has called Flush; what came of a piece that broke off is kept if it can be.
        }
        finally
        {
            if (disposing)
                _chunks.Dispose();
            Array.Clear(_plain);
            base.Dispose(disposing);
        }
    }

    private void Stand(long index, int filled) => (_index, _filled) = (index, filled);

    private void Put(bool isLast) => _chunks.Write(_index, _plain.AsSpan(0, _filled), isLast);
}
