using LiveFace.Redaction.Effects;

namespace LiveFace.Reidentify;

/// <summary>How a region is made of a face's box.</summary>
/// <param name="Shape">Box or oval.</param>
/// <param name="Padding">How far it reaches past the box on each side, as a part of the box's size.</param>
/// <param name="Feather">Width of the soft edge.</param>
public readonly record struct RegionStyle(RegionShape Shape, float Padding, float Feather)
{
    /// <summary>What a policy does that says nothing about it.</summary>
    public static RegionStyle Usual => new(RegionShape.Ellipse, 0.15f, 0.08f);
}
