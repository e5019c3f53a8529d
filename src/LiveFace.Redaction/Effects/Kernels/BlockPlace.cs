using System.Runtime.InteropServices;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Where a column or row of blocks lies: between which cells, and how far outside of the region.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct BlockPlace
{
    public readonly int First;
    public readonly int Second;
    public readonly float Part;
    public readonly float Distance;

    public BlockPlace(int block, int start, int length, int cells)
    {
        var middle = (block + 0.5f) * RingFill.Block - start;
        Distance = MathF.Max(-middle, middle - length);
        var inner = cells - 2;
        if (Distance > 0)
        {
            First = Second = middle < 0 ? 0 : cells - 1;
            return;
        }

        var at = Math.Clamp(middle * inner / length - 0.5f, 0, inner - 1);
        First = 1 + (int)at;
        Second = Math.Min(First + 1, inner);
        Part = at - (First - 1);
    }
}
