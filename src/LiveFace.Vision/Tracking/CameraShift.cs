namespace LiveFace.Vision.Tracking;

/// <summary>
/// How the whole picture moved from one frame to the next: x' = A·x − B·y + X, y' = B·x + A·y + Y, a turn and a zoom
/// and a shift.
/// </summary>
internal readonly record struct CameraShift(float A, float B, float X, float Y)
{
    public static CameraShift None => new(1, 0, 0, 0);

    /// <summary>By how much things grow.</summary>
    public float Scale => MathF.Sqrt(A * A + B * B);

    public (float X, float Y) Apply(float x, float y) => (A * x - B * y + X, B * x + A * y + Y);

    /// <summary>This, then the other.</summary>
    public CameraShift Then(CameraShift next) => new(
        next.A * A - next.B * B,
        next.A * B + next.B * A,
        next.A * X - next.B * Y + next.X,
        next.B * X + next.A * Y + next.Y);
}
