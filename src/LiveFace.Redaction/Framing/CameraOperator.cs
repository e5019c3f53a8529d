using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Framing;

/// <summary>
/// Chooses which part of the picture is shown, as a calm operator would: still while the subject stays about where it is, and else
/// moving to it with bounded speed and acceleration. With nobody to follow it goes back to the whole picture, slowly. The part has the
/// picture's shape and never reaches out of it. Times and boxes go in; there is no clock and no picture in here.
/// </summary>
internal sealed class CameraOperator
{
    /// <summary>How far a subject's middle may go, as a part of the view, before the view goes after it.</summary>
    public const float DeadZone = 0.12f;

    // The same for how large it is, as a factor; and how near everything has to be before the view is still again.
    private const float DeadScale = 1.3f, Settled = 0.02f, SettledScale = 1.03f;

    // Of the free room in a picture, a second; the height by a factor.
    private const float Pace = 1, PaceGain = 1.4f, Zoom = 0.5f, ZoomGain = 0.5f;

    /// <summary>The part of its pace at which it goes back to the whole picture.</summary>
    public const float Leisure = 0.4f;

    /// <summary>How long nobody has to be there first.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    // A frame that comes later moves the view no farther.
    private const float LongestStep = 0.1f;

    // A face's middle stands over the view's, as eyes do in a portrait; a group fills so much of the view.
    private const float Headroom = 0.08f, GroupFill = 0.7f;

    private CameraAxis _x = new(Pace, PaceGain);
    private CameraAxis _y = new(Pace, PaceGain);
    private CameraAxis _zoom = new(Zoom, ZoomGain);
    private TimeSpan _now = TimeSpan.MinValue;
    private TimeSpan _seen;
    private bool _moves;

    public CameraOperator() => Reset();

    /// <summary>The view's sides as a part of the picture's.</summary>
    public float Scale => MathF.Min(1, MathF.Exp(-_zoom.Value));

    /// <summary>Its left edge, as a part of the picture's width.</summary>
    public float X => _x.Value * (1 - Scale);

    /// <summary>Its upper edge, as a part of the picture's height.</summary>
    public float Y => _y.Value * (1 - Scale);

    /// <summary>Another scene begins: all of it is shown.</summary>
    public void Reset()
    {
        _x.Jump(0.5f);
        _y.Jump(0.5f);
        _zoom.Jump(0);
        (_moves, _now) = (false, TimeSpan.MinValue);
    }

    /// <summary>One picture more, with its subject in parts of its width and height; null where nobody is.</summary>
    public void Step(TimeSpan now, PolicyFraming framing, BoxF? subject, float face)
    {
        var seconds = _now == TimeSpan.MinValue ? 0 : (float)Math.Clamp((now - _now).TotalSeconds, 0, LongestStep);
        _seen = subject is not null || _now == TimeSpan.MinValue ? now : _seen;
        _now = now;
        if (subject is { } box)
            Follow(box, face, framing, seconds);
        else if (now - _seen >= Patience)
            Move(0.5f, 0.5f, 0, seconds, Leisure);
        else
            Move(_x.Value, _y.Value, _zoom.Value, seconds);
    }

    private void Follow(BoxF box, float face, PolicyFraming framing, float seconds)
    {
        var scale = face / framing.Size;
        if (framing.Subject == FramingSubject.Group)
            scale = MathF.Max(scale, MathF.Max(box.Width, box.Height) / GroupFill);
        scale = Math.Clamp(scale, 1 / framing.Closest, 1);
        var (x, y) = (box.CentreX, box.CentreY + Headroom * scale);
        var (offX, offY) = (MathF.Abs(x - X - Scale / 2), MathF.Abs(y - Y - Scale / 2));
        // Where the picture ends, the view cannot have it in its middle.
        var (freeX, freeY) = (Inside(x, scale), Inside(y, scale));
        (offX, offY) = (MathF.Min(offX, MathF.Abs(freeX - X - (Scale - scale) / 2)), MathF.Min(offY, MathF.Abs(freeY - Y - (Scale - scale) / 2)));
        var off = MathF.Max(offX, offY) / Scale;
        var zoomed = MathF.Max(scale / Scale, Scale / scale);
        _moves = _moves ? off > Settled || zoomed > SettledScale : off > DeadZone || zoomed > DeadScale;
        if (_moves)
            Move(Part(freeX, scale, _x.Value), Part(freeY, scale, _y.Value), -MathF.Log(scale), seconds);
        else
            Move(_x.Value, _y.Value, _zoom.Value, seconds);
    }

    private void Move(float x, float y, float zoom, float seconds, float haste = 1)
    {
        _x.Move(x, seconds, haste);
        _y.Move(y, seconds, haste);
        _zoom.Move(zoom, seconds, haste);
    }

    /// <summary>The nearest edge of a view round a middle that lies in the picture.</summary>
    private static float Inside(float middle, float scale) => Math.Clamp(middle - scale / 2, 0, 1 - scale);

    /// <summary>The same as a part of the room that a view of that size has; where it has none, what it is stays.</summary>
    private static float Part(float edge, float scale, float now) => scale < 0.999f ? Math.Clamp(edge / (1 - scale), 0, 1) : now;
}
