using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Promise;

/// <summary>
/// Ten seconds of what stands before cameras every day, at thirty frames a second, with a camera's grain. Where the faces
/// are is known of those that are painted.
/// </summary>
internal sealed class OrdinaryClip
{
    public const int FramesPerSecond = 30;
    private const int Frames = 10 * FramesPerSecond;
    private const string Street = "/usr/share/doc/opencv-doc/examples/data/vtest.avi";
    private const int FirstGrains = 100_003;
    private const int DayGrain = 5;
    private const int NightGrain = 12;

    private static readonly sbyte[] Noise = MakeNoise();

    private readonly ClipScript[] _scripts;
    private readonly bool _isNight;

    private OrdinaryClip(string name, bool isNight, params ClipScript[] scripts)
    {
        (Name, _isNight) = (name, isNight);
        _scripts = [.. scripts.Select(script => script with { Frames = Frames, Occluders = false, Roll = 6, Zoom = 0.05f })];
        (Width, Height) = scripts.Length > 0 ? (scripts[0].Width, scripts[0].Height) : (640, 480);
    }

    public string Name { get; }

    public int Width { get; }

    public int Height { get; }

    public static IReadOnlyList<OrdinaryClip> All { get; } =
    [
        new("talking head", false, new ClipScript(301, 160, 0.3f, 1)),
        new("talking head at night", true, new ClipScript(301, 160, 0.3f, 1)),
        new("three people who move about", false, new ClipScript(302, 80, 1, 3)),
        new("people walk down a street, three times as fast", false),
        new("camera pans over four people", false, new ClipScript(303, 60, 0.5f, 4, Pan: 120)),
        new("a cut every second", false, new ClipScript(304, 120, 0.3f, 2), new ClipScript(305, 80, 0.3f, 3)),
        new("talking head, 1280×720", false, new ClipScript(306, 240, 0.3f, 1) { Width = 1280, Height = 720 }),
        new("camera pans over four people, 1280×720", false, new ClipScript(307, 100, 0.5f, 4, Pan: 240) { Width = 1280, Height = 720 }),
    ];

    public static TimeSpan TimeOf(int frame) => TimeSpan.FromSeconds(frame / (double)FramesPerSecond);

    /// <summary>The frames in turn; each is the caller's.</summary>
    public IAsyncEnumerable<(VideoFrame Frame, FaceTruth[] Faces)> PlayAsync(ClipStage stage) =>
        _scripts.Length == 0 ? ReadAsync(stage.Pool) : Paint(stage).ToAsyncEnumerable();

    private IEnumerable<(VideoFrame Frame, FaceTruth[] Faces)> Paint(ClipStage stage)
    {
        var clips = Array.ConvertAll(_scripts, stage.Clip);
        for (var i = 0; i < Frames; i++)
        {
            var frame = stage.Pool.Rent(Width, Height);
            var faces = clips[i / FramesPerSecond % clips.Length].Paint(i, frame);
            AddGrain(frame, i);
            yield return (frame, faces);
        }

        foreach (var clip in clips)
            clip.Dispose();
    }

    private async IAsyncEnumerable<(VideoFrame Frame, FaceTruth[] Faces)> ReadAsync(FramePool pool)
    {
        await using var reader = await FfmpegReader.OpenAsync(
            MediaSource.File(Street), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath, FitWidth = Width, FitHeight = Height });
        for (var i = 0; i < Frames && await reader.ReadAsync() is { } frame; i++)
            yield return (frame, []);
    }

    private void AddGrain(VideoFrame frame, int index)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.RowY(y);
            var grain = Noise.AsSpan((y * 61 + index * 4099) % FirstGrains, row.Length);
            for (var x = 0; x < row.Length; x++)
                row[x] = (byte)Math.Clamp(
                    _isNight ? 16 + (row[x] - 16) / 4 + grain[x] * NightGrain / 128 : row[x] + grain[x] * DayGrain / 128, 0, 255);
        }
    }

    private static sbyte[] MakeNoise()
    {
        var bytes = new byte[FirstGrains + 1920];
        new Random(1).NextBytes(bytes);
        return Array.ConvertAll(bytes, grain => (sbyte)(grain - 128));
    }
}
