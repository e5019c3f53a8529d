using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// A picture with the ovals of its faces. Faces that do not count, and regions that are ignored, are neither missed nor
/// falsely hidden. Larger pictures are brought to the side that the run asks for.
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="Group">What kind of picture it is; tables have a row for each.</param>
/// <param name="Open">Makes the picture; the caller disposes of it.</param>
/// <param name="Faces">In pixels of that picture.</param>
/// <param name="Ignored">The same.</param>
internal sealed record SightPicture(
    string Name, string Group, Func<FramePool, VideoFrame> Open, IReadOnlyList<FaceTruth> Faces, IReadOnlyList<BoxF> Ignored);

/// <summary>A picture as it is looked at: opened once, seen from places a few pixels apart, as a camera in a hand sees it.</summary>
internal sealed class SightView : IDisposable
{
    private readonly FramePool _pool;
    private readonly FrameScaler _scaler = new();
    private readonly VideoFrame _picture;
    private readonly float _scale;

    public SightView(SightPicture picture, int side, FramePool pool)
    {
        _pool = pool;
        _picture = picture.Open(pool);
        _scale = Math.Min(1, (float)side / Math.Max(_picture.Width, _picture.Height));
        Width = Math.Max(2, (int)MathF.Round(_picture.Width * _scale) & ~1);
        Height = Math.Max(2, (int)MathF.Round(_picture.Height * _scale) & ~1);
        Faces = [.. picture.Faces.Select(face => face with
        {
            X = face.X * _scale, Y = face.Y * _scale, Width = face.Width * _scale, Height = face.Height * _scale,
        })];
        Ignored = [.. picture.Ignored.Select(box =>
            new BoxF(box.Left * _scale, box.Top * _scale, box.Right * _scale, box.Bottom * _scale))];
    }

    public int Width { get; }

    public int Height { get; }

    public FaceTruth[] Faces { get; }

    public BoxF[] Ignored { get; }

    /// <summary>The picture moved up and left by so many pixels.</summary>
    public VideoFrame Frame(int across = 0, int down = 0)
    {
        var frame = _pool.Rent(Width, Height);
        _scaler.Scale(_picture, new PictureRegion(across / _scale, down / _scale, Width / _scale, Height / _scale), frame);
        return frame;
    }

    public void Dispose() => _picture.Dispose();
}
