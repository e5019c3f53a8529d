using System.Buffers.Binary;

namespace LiveFace.Media.Images.Png;

/// <summary>The chunks of a PNG file (PNG, third edition, 5.3: length, type, data, check).</summary>
internal static class PngChunks
{
    private const int Frame = 12, TypeAt = 4, Start = 1 << 16;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file holds several pictures: their count stands before the first one's data (11.3.6.1).</summary>
    public static bool IsAnimated(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            return false;
        for (var rest = file[Signature.Length..]; rest.Length >= Frame;)
        {
            var type = rest.Slice(TypeAt, 4);
            if (type.SequenceEqual("acTL"u8))
                return true;
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (type.SequenceEqual("IDAT"u8) || length > rest.Length - Frame)
                return false;
            rest = rest[(Frame + (int)length)..];
        }

        return false;
    }

    /// <summary>
    /// The same of a file, by its first 64 KiB; one that cannot be read is none. A pipe would be waited for, and has no length to be
    /// told by, so a file of which nobody says that it is a regular one needs a length.
    /// </summary>
    public static bool IsAnimatedFile(string path, bool isRegular)
    {
        try
        {
            if (!isRegular && !HasLength(new FileInfo(path)))
                return false;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> signature = stackalloc byte[Signature.Length];
            if (file.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false) < signature.Length || !signature.SequenceEqual(Signature))
                return false;
            file.Position = 0;
            var start = new byte[Start];
            return IsAnimated(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool HasLength(FileInfo file) =>
        (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) is { Exists: true, Length: > 0 };
}
