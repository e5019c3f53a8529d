using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>A clip that is painted anew each time it is read, as a film.</summary>
internal sealed class PaintedFilm(ClipStage stage, ClipScript script) : IKnownFilm
{
    public ClipScript Script => script;

    public ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel) => ValueTask.FromResult(new FilmFacts(
        "painted", null, null, "none", "none", script.Width, script.Height, script.FramesPerSecond, TimeSpan.FromSeconds(script.Frames / script.FramesPerSecond)));

    public ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel) =>
        ValueTask.FromResult<IFilmPictures>(new Pictures(stage.Clip(script), pool));

    public FaceTruth[][] Truth()
    {
        using var clip = stage.Clip(script);
        using var frame = stage.Pool.Rent(script.Width, script.Height);
        return [.. Enumerable.Range(0, script.Frames).Select(i => clip.Paint(i, frame))];
    }

    private sealed class Pictures(FaceClip clip, FramePool pool) : IFilmPictures
    {
        private int _next;

        public ValueTask<VideoFrame?> NextAsync(CancellationToken cancel)
        {
            if (_next == clip.Script.Frames)
                return ValueTask.FromResult<VideoFrame?>(null);
            var frame = pool.Rent(clip.Script.Width, clip.Script.Height);
            clip.Paint(_next, frame);
            frame.CaptureTime = clip.TimeOf(_next++);
            return ValueTask.FromResult<VideoFrame?>(frame);
        }

        public ValueTask DisposeAsync()
        {
            clip.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
