using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Where an effect is to work. Everything inside <paramref name="Bounds"/> is covered fully (with a mask: as far as
/// the mask says); a soft edge lies outside of them.
/// </summary>
/// <param name="Bounds">The pixels to cover. They may reach over the picture's edges.</param>
/// <param name="Shape">How the region lies round the bounds.</param>
/// <param name="Feather">
/// Width of the soft edge as a part of the shorter side of the bounds, 0 to 1. It is added outside; zero is a hard edge.
/// </param>
/// <param name="Mask">
/// The mask for <see cref="RegionShape.Mask"/> and <see cref="RegionShape.OutsideMask"/>; without one the
/// whole box is covered.
/// </param>
/// <param name="Seed">
/// What the grain is drawn from. It stays the same for a track, so that the grain lies still.
/// </param>
public readonly record struct EffectRegion(
    PixelRect Bounds,
    RegionShape Shape = RegionShape.Box,
    float Feather = 0,
    AlphaMask? Mask = null,
    uint Seed = 0);
