using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>Plays clips before several runs at once, so that each frame is painted once.</summary>
internal sealed class ClipStage : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly List<HeadSprite> _heads = [];

    private ClipStage()
    {
    }

    /// <summary>Cuts the heads out of the annotated pictures.</summary>
    public static async Task<ClipStage> OpenAsync(string root, CancellationToken cancel)
    {
        var stage = new ClipStage();
        foreach (var picture in await FacePictures.ReadAsync(root, stage._pool, cancel))
        {
            foreach (var face in picture.Faces)
                stage._heads.Add(new HeadSprite(picture.Frame, face, stage._pool));
            picture.Dispose();
        }

        return stage;
    }

    public FramePool Pool => _pool;

    public IReadOnlyList<HeadSprite> Heads => _heads;

    public FaceClip Clip(ClipScript script) => new(script, _heads, _pool);

    public void Play(ClipScript script, params ReadOnlySpan<ClipRun> runs)
    {
        using var clip = Clip(script);
        for (var i = 0; i < script.Frames; i++)
        {
            using var frame = _pool.Rent(script.Width, script.Height);
            var truth = clip.Paint(i, frame);
            foreach (var run in runs)
                run.Frame(i, clip.TimeOf(i), frame, truth);
        }
    }

    /// <summary>A pipeline whose scheduler takes an inference to cost what it costs on a slow core, whatever the load.</summary>
    public static VisionPipeline Pipeline(IDetector detector, double smallPassMs = 1.3)
    {
        var pipeline = new VisionPipeline([detector], new VisionOptions(), StoppedClock.Instance);
        pipeline.Eyes[0].Scheduler.Learn(320 * 240, TimeSpan.FromMilliseconds(smallPassMs));
        return pipeline;
    }

    public void Dispose() => _pool.Dispose();

    private sealed class StoppedClock : TimeProvider
    {
        public static readonly StoppedClock Instance = new();

        public override long GetTimestamp() => 0;
    }
}
