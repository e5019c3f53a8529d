using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>From boxes to regions.</summary>
public static class RegionGeometry
{
    private const float Feather = 0.05f;

    /// <summary>The region of a box with its padding, which is a part of the box's size on each side.</summary>
    /// <exception cref="NotFiniteNumberException">The box is not made of numbers: nobody knows what to hide.</exception>
    public static EffectRegion Of(BoxF box, RuleWhere where, float padding, uint seed) => Of(box, box, where, padding, seed);

    /// <summary>
    /// The region of a box that may lie anywhere in a cover. The padding is a part of the box's size, so that doubt does not
    /// widen it. An oval fills the padded cover, its soft edge lies outside, and no part of the box is covered less than fully.
    /// </summary>
    /// <exception cref="NotFiniteNumberException">The box is not made of numbers: nobody knows what to hide.</exception>
    internal static EffectRegion Of(BoxF cover, BoxF box, RuleWhere where, float padding, uint seed)
    {
        var (across, down) = (padding * box.Width, padding * box.Height);
        var padded = new BoxF(cover.Left - across, cover.Top - down, cover.Right + across, cover.Bottom + down);
        if (!float.IsFinite(padded.Left + padded.Top + padded.Right + padded.Bottom))
            throw new NotFiniteNumberException("A box to hide is not made of finite numbers.");
        if (where != RuleWhere.Ellipse)
            return new EffectRegion(Pixels(padded), RegionShape.Box, 0, Mask: null, seed);
        var core = padded.Grow(0.5f * (1 / Superellipse.Growth - 1));
        return new EffectRegion(Pixels(new BoxF(
            MathF.Min(core.Left, box.Left), MathF.Min(core.Top, box.Top),
            MathF.Max(core.Right, box.Right), MathF.Max(core.Bottom, box.Bottom))), RegionShape.Ellipse, Feather, Mask: null, seed);
    }

    /// <summary>A zone in a picture of this size. A polygon is covered with its mask.</summary>
    internal static EffectRegion Of(PolicyZone zone, int width, int height, AlphaMask? polygon, uint seed)
    {
        var box = zone.Box ?? new ZoneBox(0, 0, 1, 1);
        var bounds = Pixels(new BoxF(
            box.X * width, box.Y * height, (box.X + box.Width) * width, (box.Y + box.Height) * height));
        return zone.Shape switch
        {
            ZoneShape.Ellipse => new EffectRegion(bounds, RegionShape.Ellipse, 0, null, seed),
            ZoneShape.Polygon => new EffectRegion(bounds, RegionShape.Mask, 0, polygon, seed),
            _ => new EffectRegion(bounds, RegionShape.Box, 0, null, seed),
        };
    }

    private static PixelRect Pixels(BoxF box)
    {
        const float limit = 1 << 20;
        var left = (int)MathF.Floor(Math.Clamp(box.Left, -limit, limit));
        var top = (int)MathF.Floor(Math.Clamp(box.Top, -limit, limit));
        var right = (int)MathF.Ceiling(Math.Clamp(box.Right, -limit, limit));
        var bottom = (int)MathF.Ceiling(Math.Clamp(box.Bottom, -limit, limit));
        return new PixelRect(left, top, right - left, bottom - top);
    }
}
