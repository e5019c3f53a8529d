using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Accuracy.Sight;

/// <summary>What sees the frames of a clip, and is asked by the redactor.</summary>
internal interface ISeeing : IDisposable
{
    VisionState State { get; }

    /// <summary>Sees a frame, which a detector that is free may look at, and whose answer may be there at once.</summary>
    void See(VideoFrame frame, TimeSpan now, FrameTracks tracks, bool looks = true, bool answers = true);
}

/// <summary>As the product sees the frames of a film: each is looked at exhaustively.</summary>
internal sealed class FilmSeeing(FileModel model, FramePool pool) : ISeeing
{
    private readonly FileVision _vision = new([model], pool, every: 1, TimeSpan.FromMilliseconds(200));

    public VisionState State => _vision.State;

    public void See(VideoFrame frame, TimeSpan now, FrameTracks tracks, bool looks = true, bool answers = true) =>
        _vision.See(frame, now, tracks, CancellationToken.None);

    public void Dispose() => _vision.Dispose();
}
