namespace LiveFace.Vision.Tracking;

/// <summary>
/// One coordinate that moves at a nearly constant rate: position, rate and their covariance. The four coordinates of
/// a box (centre across and down, logarithm of width and height) are followed apart, which keeps the algebra scalar.
/// </summary>
internal struct KalmanAxis
{
    public float Position;
    public float Rate;
    private float _p00;
    private float _p01;
    private float _p11;

    public readonly float Deviation => MathF.Sqrt(_p00);

    public static KalmanAxis Begin(float position, float deviation, float rateDeviation) => new()
    {
        Position = position,
        _p00 = deviation * deviation,
        _p11 = rateDeviation * rateDeviation,
    };

    /// <summary>Moves on by dt seconds under white acceleration of the given deviation.</summary>
    public void Predict(float dt, float acceleration)
    {
        Position += Rate * dt;
        _p00 += dt * (2 * _p01 + dt * _p11);
        _p01 += dt * _p11;
        var q = acceleration * acceleration;
        var dt2 = dt * dt;
        _p00 += q * dt2 * dt2 * 0.25f;
        _p01 += q * dt2 * dt * 0.5f;
        _p11 += q * dt2;
    }

    /// <summary>Takes a measurement of the position in.</summary>
    public void Measure(float position, float deviation)
    {
        var gain = 1 / (_p00 + deviation * deviation);
        var k0 = _p00 * gain;
        var k1 = _p01 * gain;
        var surprise = position - Position;
        Position += k0 * surprise;
        Rate += k1 * surprise;
        _p11 -= k1 * _p01;
        _p01 -= k0 * _p01;
        _p00 -= k0 * _p00;
    }

    /// <summary>
    /// Moves on by a distance that was measured instead of guessed: the doubt about the place grows by that of the
    /// measurement alone, and the rate learns from it. <paramref name="camera"/> is the part that is not the thing's own.
    /// </summary>
    public void MoveBy(in KalmanAxis before, float distance, float camera, float deviation, float dt)
    {
        Position = before.Position + distance;
        _p00 = before._p00 + deviation * deviation;
        if (dt <= 0)
            return;
        var noise = 2 * deviation * deviation / (dt * dt);
        var gain = _p11 / (_p11 + noise);
        Rate += gain * ((distance - camera) / dt - Rate);
        _p11 *= 1 - gain;
        _p01 = before._p01 * (1 - gain);
    }

    /// <summary>Moves the position without doubt or rate, as when the camera turned by a known amount.</summary>
    public void Shift(float by) => Position += by;

    /// <summary>Widens the doubt, as when something unknown happened.</summary>
    public void Doubt(float deviation) => _p00 += deviation * deviation;

    /// <summary>Lets the rate fade: what is not seen is not believed to keep its pace for ever.</summary>
    public void Fade(float factor) => Rate *= factor;

    /// <summary>Forgets the rate.</summary>
    public void Stop(float rateDeviation)
    {
        Rate = 0;
        _p01 = 0;
        _p11 = rateDeviation * rateDeviation;
    }
}
