using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// What the product's own redactor hides of a picture, read off the pixels: a black picture is redacted in white, so a
/// pixel's brightness is how much of it is covered.
/// </summary>
internal sealed class HiddenPixels(FramePool pool) : IDisposable
{
    private const string Model = "faces";
    public const int Black = 16;
    private const int White = 235;

    private readonly Redactor _redactor = new(pool);
    private byte[] _coverage = [];
    private int _pixels;

    public static RedactionPolicy Policy { get; } = PolicyPresets.BlurFaces with
    {
        Rules = [new PolicyRule { How = new RuleHow { Effect = RuleEffect.Solid, Color = "#ffffff" } }],
    };

    private static readonly PolicySnapshot Snapshot = PolicySnapshot.Create(1, Policy);
    private static readonly PolicySnapshot Usual = PolicySnapshot.Create(2, PolicyPresets.BlurFaces);

    /// <summary>Coverage of each pixel, 0 to 255, as of the last call.</summary>
    public ReadOnlySpan<byte> Coverage => _coverage.AsSpan(0, _pixels);

    /// <summary>Coverage of each pixel, 0 to 255, where only what has at least this score is known; stands until the next call.</summary>
    public ReadOnlySpan<byte> Of(Seen seen, int width, int height, float least = 0)
    {
        using var frame = pool.Rent(width, height);
        FrameCopy.Fill(frame, Black, 128, 128);
        var (state, tracks) = Known(seen, frame, least);
        return Of(Snapshot, state, tracks, [], width, height, out _);
    }

    /// <summary>The picture as it would be shown, as a file.</summary>
    public byte[] Picture(Seen seen, VideoFrame frame, float least)
    {
        var (state, tracks) = Known(seen, frame, least);
        return ImageFile.Encode(_redactor.Redact(frame, Usual, state, tracks), ImageFormat.Jpeg);
    }

    private static (VisionState State, FrameTracks Tracks) Known(Seen seen, VideoFrame frame, float least)
    {
        using var detector = new PlayedDetector(seen, least, frame.Width, frame.Height);
        using var pipeline = new VisionPipeline([detector], new VisionOptions(), TimeProvider.System);
        var state = new VisionState();
        state.Add(Model, detector);
        var mark = pipeline.Follow(frame, TimeSpan.FromSeconds(1));
        pipeline.Sample(frame, TimeSpan.FromSeconds(1));
        pipeline.Eyes[0].Infer();
        pipeline.Apply();
        state.Take(Model, pipeline.Eyes[0].Receipt);
        var tracks = new FrameTracks();
        tracks.Set(mark, frame, [.. seen.Tracks.Where(track => track.Score >= least)
            .Select(track => track with { FirstSeen = track.FirstSeen < mark.Time ? track.FirstSeen : mark.Time })]);
        return (state, tracks);
    }

    /// <summary>Coverage of each pixel, 0 to 255, under a policy that hides in white.</summary>
    public ReadOnlySpan<byte> Of(
        PolicySnapshot policy, VisionState state, FrameTracks tracks, ReadOnlySpan<FrameTracks> later, int width, int height, out bool isCovered)
    {
        using var frame = pool.Rent(width, height);
        FrameCopy.Fill(frame, Black, 128, 128);
        _redactor.Redact(frame, policy, state, tracks, later);
        isCovered = _redactor.Decision.IsCovered;
        Read(frame);
        return Coverage;
    }

    private void Read(VideoFrame frame)
    {
        _pixels = frame.Width * frame.Height;
        Read(frame, ref _coverage);
    }

    /// <summary>Reads the coverage of each pixel off a picture that was black.</summary>
    public static void Read(VideoFrame frame, ref byte[] coverage)
    {
        if (coverage.Length < frame.Width * frame.Height)
            coverage = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.RowY(y);
            var to = coverage.AsSpan(y * frame.Width, frame.Width);
            for (var x = 0; x < row.Length; x++)
                to[x] = (byte)(Math.Clamp(row[x] - Black, 0, White - Black) * 255 / (White - Black));
        }
    }

    public void Dispose() => _redactor.Dispose();
}
