using System.Buffers.Binary;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>IVF, the plain container of VP8 and VP9.</summary>
internal static class IvfFile
{
    /// <summary>The frames of an IVF file.</summary>
    public static List<byte[]> Read(byte[] file)
    {
        var frames = new List<byte[]>();
        for (var at = 32; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
            frames.Add(file.AsSpan(at + 12, length).ToArray());
            at += 12 + length;
        }

        return frames;
    }

    /// <summary>An IVF file of frames.</summary>
    public static byte[] Write(string fourCc, int width, int height, IReadOnlyList<byte[]> frames)
    {
        using var file = new MemoryStream();
        Span<byte> header = stackalloc byte[32];
        header.Clear();
        "DKIF"u8.CopyTo(header);
        header[6] = 32;
        System.Text.Encoding.ASCII.GetBytes(fourCc).CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt16LittleEndian(header[12..], (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(header[14..], (ushort)height);
        header[16] = 30;
        header[20] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], frames.Count);
        file.Write(header);
        for (var i = 0; i < frames.Count; i++)
        {
            header[..12].Clear();
            BinaryPrimitives.WriteInt32LittleEndian(header, frames[i].Length);
            BinaryPrimitives.WriteInt64LittleEndian(header[4..], i);
            file.Write(header[..12]);
            file.Write(frames[i]);
        }

        return file.ToArray();
    }
}
