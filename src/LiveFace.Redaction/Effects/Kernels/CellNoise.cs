namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Makes cells carry less: their values are rounded to few levels and moved by noise that depends on the seed and the
/// cell's place alone.
/// </summary>
internal static class CellNoise
{
    /// <summary>
    /// Rounds to steps of <paramref name="step"/>, adds noise from −<paramref name="reach"/> to
    /// +<paramref name="reach"/> to each cell, and to all of them together a shift of up to
    /// <paramref name="shift"/> either way, each level as likely as the others. The shift takes away what the cells have
    /// in common: how light a skin is, and the light that falls on it.
    /// </summary>
    public static void Apply(CellGrid grid, PlaneKind plane, uint seed, int step, int reach, int shift)
    {
        var values = grid.Values;
        var across = grid.Across;
        var common = Draw(Hash(~seed, (uint)plane, 0, 0), shift);
        for (var j = 0; j < grid.Down.Count; j++)
        {
            for (var i = 0; i < across.Count; i++)
            {
                ref var value = ref values[j * across.Count + i];
                var coarse = (value + step / 2) / step * step;
                var noise = Draw(Hash(seed, (uint)plane, (uint)(across.First + i), (uint)(grid.Down.First + j)), reach);
                value = (byte)Math.Clamp(coarse + common + noise, 16, 235);
            }
        }
    }

    /// <summary>A whole number from −reach to +reach.</summary>
    private static int Draw(uint bits, int reach) => (int)((ulong)bits * (uint)(2 * reach + 1) >> 32) - reach;

    /// <summary>Mixes four numbers into one whose bits all depend on all of them (the finaliser of MurmurHash3).</summary>
    private static uint Hash(uint seed, uint plane, uint x, uint y)
    {
        var h = seed * 0x9E3779B9 + plane;
        h = Finish(h ^ x * 0x85EBCA77);
        return Finish(h ^ y * 0xC2B2AE3D);
    }

    private static uint Finish(uint h)
    {
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        return h ^ h >> 16;
    }
}
