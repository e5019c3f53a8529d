using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Reidentify;

/// <summary>How a region is made of a face's box.</summary>
/// <param name="Shape">Box or oval.</param>
/// <param name="Padding">How far it reaches past the box on each side, as a part of the box's size.</param>
/// <param name="Feather">Width of the soft edge.</param>
public readonly record struct RegionStyle(RegionShape Shape, float Padding, float Feather)
{
    /// <summary>What a policy does that says nothing about it.</summary>
    public static RegionStyle Usual
    {
        get
        {
            const int side = 10_000;
            var region = RegionGeometry.Of(new BoxF(0, 0, side, side), RuleWhere.Ellipse, RuleHow.UsualPadding, seed: 0);
            return new RegionStyle(region.Shape, (region.Bounds.Width - side) / (2f * side), region.Feather);
        }
    }
}
