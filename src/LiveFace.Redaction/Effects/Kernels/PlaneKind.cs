namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>Which of a frame's three planes.</summary>
internal enum PlaneKind
{
    Y,
    U,
    V,
}
