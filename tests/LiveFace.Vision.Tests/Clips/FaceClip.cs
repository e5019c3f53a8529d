using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// A clip of real heads over a real background, painted frame by frame from a script, with the truth about each face.
/// The same script gives the same pictures.
/// </summary>
internal sealed class FaceClip : IDisposable
{
    private const float BackgroundScale = 1.7f;

    private readonly ClipScript _script;
    private readonly Actor[] _actors;
    private readonly VideoFrame _background;

    public FaceClip(ClipScript script, IReadOnlyList<HeadSprite> heads, FramePool pool)
    {
        _script = script;
        var random = new Random(script.Seed);
        _background = pool.Rent((int)(script.Width * BackgroundScale), (int)(script.Height * BackgroundScale));
        using (var picture = FacePictures.Background(script.Seed, pool))
            new FrameScaler().Scale(picture, _background);
        _actors = new Actor[script.Faces];
        for (var i = 0; i < _actors.Length; i++)
            _actors[i] = Actor.Cast(i, script, heads, random);
    }

    public ClipScript Script => _script;

    public TimeSpan TimeOf(int frame) => TimeSpan.FromSeconds(frame / _script.FramesPerSecond);

    /// <summary>Paints one frame and says where the faces are in it.</summary>
    public FaceTruth[] Paint(int index, VideoFrame frame)
    {
        var t = (float)(index / _script.FramesPerSecond);
        PaintBackground(frame, t);
        if (t < _script.From)
            return [];
        foreach (var actor in _actors)
            actor.Paint(frame, t, _script);
        foreach (var actor in _actors)
            actor.PaintOccluder(frame, t, _script);
        return [.. _actors.Select(actor => actor.Truth(t, _script))];
    }

    public void Dispose() => _background.Dispose();

    private void PaintBackground(VideoFrame frame, float t)
    {
        var room = (_background.Width - frame.Width) / 2f;
        var x0 = room + Wave.Triangle(_script.Pan * t, room - 2);
        var y0 = (_background.Height - frame.Height) / 2f + Wave.Triangle(0.4f * _script.Pan * t, room / 2);
        for (var y = 0; y < frame.Height; y++)
            Fill(frame.RowY(y), Plane(_background.RowY(0), _background.StrideY, _background.Height), _background.StrideY,
                _background.Width, _background.Height, x0, y0 + y);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            Fill(frame.RowU(y), Plane(_background.RowU(0), _background.StrideUV, _background.ChromaHeight), _background.StrideUV,
                _background.ChromaWidth, _background.ChromaHeight, x0 / 2, y0 / 2 + y);
            Fill(frame.RowV(y), Plane(_background.RowV(0), _background.StrideUV, _background.ChromaHeight), _background.StrideUV,
                _background.ChromaWidth, _background.ChromaHeight, x0 / 2, y0 / 2 + y);
        }
    }

    private static unsafe ReadOnlySpan<byte> Plane(Span<byte> firstRow, int stride, int height)
    {
        // The rows of a plane lie one after the other in the pool's memory.
        fixed (byte* first = firstRow)
            return new ReadOnlySpan<byte>(first, stride * height);
    }

    private static void Fill(Span<byte> row, ReadOnlySpan<byte> plane, int stride, int width, int height, float x0, float y)
    {
        for (var x = 0; x < row.Length; x++)
            row[x] = (byte)Bilinear.At(plane, stride, width, height, x0 + x, y);
    }
}
