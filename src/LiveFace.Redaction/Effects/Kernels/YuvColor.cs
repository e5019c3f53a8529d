namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>A colour as frames carry it: BT.601, limited range, which is what WebRTC's codecs mean by default.</summary>
internal readonly record struct YuvColor(byte Y, byte U, byte V)
{
    public static YuvColor From(RgbColor c) => From(c.R, c.G, c.B);

    /// <summary>ITU-R BT.601 with 16–235 for luma and 16–240 for chroma, in 8.8 fixed point.</summary>
    public static YuvColor From(int r, int g, int b) => new(
        (byte)((66 * r + 129 * g + 25 * b + 128 >> 8) + 16),
        (byte)((-38 * r - 74 * g + 112 * b + 128 >> 8) + 128),
        (byte)((112 * r - 94 * g - 18 * b + 128 >> 8) + 128));

    public byte Of(PlaneKind plane) => plane switch { PlaneKind.Y => Y, PlaneKind.U => U, _ => V };
}
