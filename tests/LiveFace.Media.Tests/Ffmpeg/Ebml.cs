using System.Buffers.Binary;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>An element of a Matroska file (RFC 8794): bytes, or other elements for those that tests change.</summary>
internal sealed class Ebml
{
    public const uint Segment = 0x18538067, Tracks = 0x1654AE6B, TrackEntry = 0xAE, TrackType = 0x83, CodecPrivate = 0x63A2;
    public const uint Cluster = 0x1F43B675, SimpleBlock = 0xA3, TrackNumber = 0xD7;
    private const int LengthOfLengths = 8;

    private static readonly HashSet<uint> Masters = [Segment, Tracks, TrackEntry, Cluster];

    public required uint Id { get; init; }

    public byte[] Bytes { get; set; } = [];

    public List<Ebml> Children { get; private init; } = [];

    public Ebml? Find(uint id) => Children.Find(child => child.Id == id);

    public static List<Ebml> Read(ReadOnlySpan<byte> from)
    {
        var elements = new List<Ebml>();
        while (from.Length > 0)
        {
            var id = (uint)Number(ref from, keepMarker: true, out _);
            var length = Number(ref from, keepMarker: false, out var unknown);
            var content = unknown ? from : from[..checked((int)length)];
            from = from[content.Length..];
            elements.Add(Masters.Contains(id)
                ? new Ebml { Id = id, Children = Read(content) }
                : new Ebml { Id = id, Bytes = content.ToArray() });
        }

        return elements;
    }

    public static byte[] Write(IEnumerable<Ebml> elements)
    {
        using var to = new MemoryStream();
        Span<byte> lengths = stackalloc byte[LengthOfLengths];
        foreach (var element in elements)
        {
            var content = Masters.Contains(element.Id) ? Write(element.Children) : element.Bytes;
            BinaryPrimitives.WriteUInt64BigEndian(lengths, element.Id);
            to.Write(lengths.TrimStart((byte)0));
            BinaryPrimitives.WriteUInt64BigEndian(lengths, (uint)content.Length | (1UL << 56));
            to.Write(lengths);
            to.Write(content);
        }

        return to.ToArray();
    }

    private static ulong Number(ref ReadOnlySpan<byte> from, bool keepMarker, out bool unknown)
    {
        var bytes = System.Numerics.BitOperations.LeadingZeroCount((uint)from[0]) - 24 + 1;
        ulong value = 0;
        foreach (var one in from[..bytes])
            value = unchecked(value * 256 + one);
        from = from[bytes..];
        var marker = 1UL << (7 * bytes);
        unknown = !keepMarker && value == (marker << 1) - 1;
        return keepMarker ? value : value & (marker - 1);
    }
}
