using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Masks;

/// <summary>A region to paint, and by which line of the policy.</summary>
internal readonly record struct MaskRegion(PaintLine Line, EffectRegion Region, int Track = 0, int Class = -1, float Score = 0);
