namespace LiveFace.Media.Codecs;

/// <summary>
/// Chooses how hard an encoder tries, from how long its frames take. It goes a step faster as soon as the smoothed time
/// is over its share of the frame interval, and a step slower only after a long calm at half of it, so it does not
/// swing. Times are inputs.
/// </summary>
internal sealed class EncoderSpeed
{
    /// <summary>The fastest step; 0 is the slowest.</summary>
    public const int Fastest = 8;

    private const double Smoothing = 0.1;
    private const double CalmShare = 0.4;
    private const int FramesBetweenSteps = 15;
    private const int CalmFrames = 300;

    private readonly double _share;
    private readonly bool _fixed;
    private double _average;
    private int _since;
    private int _calm;

    /// <summary>Starts at a step that suits the picture's size, or stays at <paramref name="fixedStep"/>.</summary>
    public EncoderSpeed(double share, int? fixedStep, int start)
    {
        _share = share;
        _fixed = fixedStep is not null;
        Step = Math.Clamp(fixedStep ?? start, 0, Fastest);
    }

    /// <summary>The step in force.</summary>
    public int Step { get; private set; }

    /// <summary>Takes the time one frame took; true when the step changed.</summary>
    public bool Report(TimeSpan taken, double framesPerSecond)
    {
        if (_fixed)
            return false;

        var load = taken.TotalSeconds * framesPerSecond / _share;
        _average = _since == 0 && _average == 0 ? load : _average + Smoothing * (load - _average);
        _since++;
        _calm = _average < CalmShare ? _calm + 1 : 0;
        if (_since < FramesBetweenSteps)
            return false;
        if (_average > 1 && Step < Fastest)
            return MoveTo(Step + 1);
        if (_calm >= CalmFrames && Step > 0)
            return MoveTo(Step - 1);
        return false;
    }

    private bool MoveTo(int step)
    {
        Step = step;
        _since = 1;
        _calm = 0;
        // What was measured was the other step; from the target, the next frames decide quickly.
        _average = Math.Min(_average, 1);
        return true;
    }
}
