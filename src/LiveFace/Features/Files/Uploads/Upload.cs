using LiveFace.Storage.Encryption;

namespace LiveFace.Features.Files.Uploads;

/// <summary>
/// What somebody sent. In the folder of uploads its file has no name any more: it is gone with its handle, however the process
/// ends. A job's has one, and may have begun before.
/// </summary>
internal sealed class Upload(Stream file, long length = 0) : IDisposable
{
    /// <summary>How many bytes have come.</summary>
    public long Length { get; private set; } = length;

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await file.WriteAsync(bytes, cancel);
        Length += bytes.Length;
    }

    /// <summary>All of it, for the moment in which it is worked on.</summary>
    public byte[] ReadAll()
    {
        var bytes = new byte[Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Puts what has come where it stays, and marks its end where it is whole.</summary>
    public void Keep(bool isWhole)
    {
        if (isWhole && file is SealedWriter writer)
            writer.Finish();
        else
            file.Flush();
    }

    public void Dispose() => file.Dispose();
}
