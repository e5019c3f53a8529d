using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Masks;

/// <summary>From boxes to regions.</summary>
internal static class RegionGeometry
{
    private const float Feather = 0.08f;

    /// <summary>A box, grown, as whole pixels, never smaller than it was.</summary>
    /// <exception cref="NotFiniteNumberException">The box is not made of numbers: nobody knows what to hide.</exception>
    public static EffectRegion Of(BoxF box, RuleWhere where, float grow, uint seed)
    {
        var grown = box.Grow(grow);
        if (!float.IsFinite(grown.Left + grown.Top + grown.Right + grown.Bottom))
            throw new NotFiniteNumberException("A box to hide is not made of finite numbers.");
        return new EffectRegion(
            Pixels(grown), where == RuleWhere.Ellipse ? RegionShape.Ellipse : RegionShape.Box,
            where == RuleWhere.Ellipse ? Feather : 0, Mask: null, seed);
    }

    /// <summary>A zone in a picture of this size. A polygon is covered with its mask.</summary>
    public static EffectRegion Of(PolicyZone zone, int width, int height, AlphaMask? polygon, uint seed)
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
