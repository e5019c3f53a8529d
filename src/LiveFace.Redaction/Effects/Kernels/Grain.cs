namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// A fine, even noise of a level or two that keeps a smooth fill from looking like plastic and from showing steps. It
/// lies still in the picture, where an encoder sends it once, and the seed says how it is shifted. It hides nothing.
/// </summary>
internal readonly unsafe struct Grain
{
    private const int Side = 64;

    /// <summary>A row can be read on from any of its points for so many.</summary>
    private const int Block = 32;

    private const int RowLength = Side + Block;

    /// <summary>Up to this many levels either way, the fewer the likelier. No level of a picture is so near to 0 or 255.</summary>
    private const float Reach = 2.5f;

    private static readonly byte[] Table = Draw();

    private readonly int _x;
    private readonly int _y;
    private readonly bool _lies;

    public Grain(uint seed, in Placement place)
    {
        var shift = Hash(seed);
        _x = (int)(shift & (Side - 1)) + place.Visible.X * 2;
        _y = (int)(shift >> 8 & (Side - 1)) + place.Visible.Y * 2;
        _lies = true;
    }

    /// <summary>No grain.</summary>
    public static Grain None => default;

    /// <summary>
    /// The row's points, which repeat themselves: read up to <see cref="Block"/> of them from <see cref="Column"/> on. Each
    /// is to be added, and wraps round where it lies below zero.
    /// </summary>
    public byte* Row(int y) => Start + (_lies ? (_y + y & (Side - 1)) * RowLength : Side * RowLength);

    public int Column(int x) => _lies ? _x + x & (Side - 1) : 0;

    private static byte* Start =>
        (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(Table));

    /// <summary>The rows, and one more without grain.</summary>
    private static byte[] Draw()
    {
        var table = GC.AllocateArray<byte>((Side + 1) * RowLength, pinned: true);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < RowLength; x++)
            {
                var bits = Hash((uint)(y * Side + (x & (Side - 1))) + 1);
                table[y * RowLength + x] = (byte)(sbyte)MathF.Round((((bits & 0xFFFF) + (bits >> 16)) / 65536f - 1) * Reach);
            }

        return table;
    }

    /// <summary>Mixes a number's bits (the finaliser of MurmurHash3).</summary>
    private static uint Hash(uint h)
    {
        h = (h ^ h >> 16) * 0x85EBCA6B;
        h = (h ^ h >> 13) * 0xC2B2AE35;
        return h ^ h >> 16;
    }
}
