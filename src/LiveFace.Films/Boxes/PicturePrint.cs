using System.Buffers.Binary;
using System.Security.Cryptography;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Boxes;

/// <summary>
/// By what a picture is known again: the first eight bytes of SHA-256 over its size and the mean brightness of its cells
/// (<see cref="CellPicture"/>). A look in a box file counts for the picture with the same print alone.
/// </summary>
public sealed class PicturePrint
{
    private readonly CellPicture _cells = new();

    /// <summary>The print of a picture that nobody has changed yet.</summary>
    public ulong Of(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _cells.Read(frame);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, frame.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[sizeof(int)..], frame.Height);
        hash.AppendData(size);
        hash.AppendData(_cells.Brightness);
        Span<byte> all = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(all);
        return BinaryPrimitives.ReadUInt64BigEndian(all);
    }
}
