namespace LiveFace.Features.Files.Uploads;

/// <summary>
/// What somebody sent. In the folder of uploads its file has no name any more: it is gone with its handle, however the process
/// ends. A job's has one, and may have begun before.
/// </summary>
internal sealed class Upload(FileStream file, long length = 0) : IDisposable
{
    /// <summary>How many bytes have come.</summary>
    public long Length { get; private set; } = length;

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await RandomAccess.WriteAsync(file.SafeFileHandle, bytes, Length, cancel);
        Length += bytes.Length;
    }

    /// <summary>All of it, for the moment in which it is worked on.</summary>
    public byte[] ReadAll()
    {
        var bytes = new byte[Length];
        for (var at = 0; at < bytes.Length;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(at), at);
            at += read > 0 ? read : throw new EndOfStreamException("The upload's file is shorter than what was written to it.");
        }

        return bytes;
    }

    public void Dispose() => file.Dispose();
}
