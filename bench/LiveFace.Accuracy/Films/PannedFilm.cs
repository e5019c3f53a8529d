using LiveFace.Accuracy.Sight;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>A photograph with known faces, as a camera films it that turns over it and comes nearer.</summary>
internal sealed class PannedFilm(SightPicture picture, int side) : IKnownFilm
{
    private const int Frames = 45;
    private const double FramesPerSecond = 30;

    /// <summary>The part of the photograph that is in the picture at the start and at the end.</summary>
    private const float Wide = 0.92f, Near = 0.8f;

    public ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel)
    {
        using var pool = new FramePool(0);
        using var still = picture.Open(pool);
        var (width, height) = SizeOf(still);
        return ValueTask.FromResult(new FilmFacts("panned", null, null, "none", "none", width, height, FramesPerSecond, TimeSpan.FromSeconds(Frames / FramesPerSecond)));
    }

    public ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel)
    {
        var still = picture.Open(pool);
        return ValueTask.FromResult<IFilmPictures>(new Pictures(still, SizeOf(still), pool));
    }

    public FaceTruth[][] Truth()
    {
        using var pool = new FramePool(0);
        using var still = picture.Open(pool);
        var (width, height) = SizeOf(still);
        return [.. Enumerable.Range(0, Frames).Select(i => At(i, still, width, height))];
    }

    private FaceTruth[] At(int frame, VideoFrame still, int width, int height)
    {
        var seen = Window(frame, still);
        var (across, down) = (width / seen.Width, height / seen.Height);
        return [.. picture.Faces.Select(face => face with
        {
            X = (float)((face.X - seen.X) * across), Y = (float)((face.Y - seen.Y) * down), Width = (float)(face.Width * across), Height = (float)(face.Height * down),
        }).Where(face => face.X > 0 && face.Y > 0 && face.X < width && face.Y < height)];
    }

    private (int Width, int Height) SizeOf(VideoFrame still)
    {
        var scale = Math.Min(1, (float)side / Math.Max(still.Width, still.Height));
        return ((int)(still.Width * scale) & ~1, (int)(still.Height * scale) & ~1);
    }

    private static PictureRegion Window(int frame, VideoFrame still)
    {
        var part = float.Lerp(Wide, Near, frame / (Frames - 1f));
        var (width, height) = (part * still.Width, part * still.Height);
        var turn = 0.5f - 0.5f * MathF.Cos(MathF.PI * frame / (Frames - 1));
        return new PictureRegion(turn * (still.Width - width), 0.5f * (still.Height - height), width, height);
    }

    private sealed class Pictures(VideoFrame still, (int Width, int Height) size, FramePool pool) : IFilmPictures
    {
        private readonly FrameScaler _scaler = new();
        private int _next;

        public ValueTask<VideoFrame?> NextAsync(CancellationToken cancel)
        {
            if (_next == Frames)
                return ValueTask.FromResult<VideoFrame?>(null);
            var frame = pool.Rent(size.Width, size.Height);
            _scaler.Scale(still, Window(_next, still), frame);
            frame.CaptureTime = TimeSpan.FromSeconds(_next++ / FramesPerSecond);
            return ValueTask.FromResult<VideoFrame?>(frame);
        }

        public ValueTask DisposeAsync()
        {
            still.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
