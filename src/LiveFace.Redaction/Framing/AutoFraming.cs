using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Framing;

/// <summary>
/// Crops pictures to who is in them, at the size that they have. It belongs to the redactor and sees pictures only after everything
/// in them was hidden, so that what is enlarged is what could be seen before. No garbage.
/// </summary>
internal sealed class AutoFraming
{
    private readonly CameraOperator _operator = new();
    private readonly PictureSubject _subject = new();
    private readonly FrameScaler _scaler = new();
    private (long Epoch, int Width, int Height) _scene;
    private PolicyFraming? _framing;

    /// <summary>The part of the last picture that is shown, in pixels; null is all of it.</summary>
    public PictureRegion? View { get; private set; }

    /// <summary>Chooses what is shown of a picture.</summary>
    public void Follow(VideoFrame frame, PolicyFraming? framing, FrameTracks tracks, VisionState vision)
    {
        View = null;
        if (framing is null)
        {
            _framing = null;
            return;
        }

        var scene = (tracks.Mark.Epoch, frame.Width, frame.Height);
        if (scene != _scene || _framing is null)
        {
            _operator.Reset();
            _subject.Forget();
        }

        (_scene, _framing) = (scene, framing);
        var (width, height) = ((float)frame.Width, (float)frame.Height);
        BoxF? subject = null;
        if (_subject.TryFind(tracks, vision, framing.Subject, out var box, out var face))
            subject = new BoxF(box.Left / width, box.Top / height, box.Right / width, box.Bottom / height);
        _operator.Step(tracks.Mark.Time, framing, subject, face / height);
        // Less than a pixel is not worth a blur.
        if (_operator.Scale * frame.Width <= frame.Width - 1)
            View = new PictureRegion(_operator.X * width, _operator.Y * height, _operator.Scale * width, _operator.Scale * height);
    }

    /// <summary>The last picture was shown whole, whatever was chosen.</summary>
    public void ShowAll() => View = null;

    /// <summary>Fills a picture with the part of another one, of the same size, that is shown.</summary>
    public void Apply(VideoFrame whole, VideoFrame shown)
    {
        if (View is { } view)
            _scaler.Scale(whole, view, shown);
    }
}
