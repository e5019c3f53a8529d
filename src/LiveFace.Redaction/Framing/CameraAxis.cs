namespace LiveFace.Redaction.Framing;

/// <summary>
/// Something that moves to an aim as a camera operator moves: it gathers speed, keeps to one, and slows down in time, so that it
/// never overshoots. Speed and acceleration are bounded whatever the aim does.
/// </summary>
internal struct CameraAxis(float fastest, float acceleration)
{
    // It brakes for a little longer than it could.
    private const float Reserve = 0.6f;

    // What is left is closed by this part of itself a second, so that the end is soft.
    private const float Softness = 3;

    /// <summary>Where it is.</summary>
    public float Value { get; private set; }

    /// <summary>How fast it moves, a second.</summary>
    public float Speed { get; private set; }

    /// <summary>It is there, and still.</summary>
    public void Jump(float value) => (Value, Speed) = (value, 0);

    /// <summary>Moves on for some seconds; <paramref name="haste"/> is the part of its usual speed.</summary>
    public void Move(float aim, float seconds, float haste = 1)
    {
        if (seconds <= 0)
            return;
        var left = aim - Value;
        var most = MathF.Min(fastest * haste, MathF.Min(MathF.Sqrt(2 * Reserve * acceleration * MathF.Abs(left)), Softness * MathF.Abs(left)));
        var change = Math.Clamp(MathF.CopySign(most, left) - Speed, -acceleration * seconds, acceleration * seconds);
        Speed += change;
        Value += Speed * seconds;
    }
}
