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
/// pixel's brightness is how much of it is covered. Each picture has a tint of its own, by which a place is told that shows
/// an earlier picture, or grey, because nobody looked at it in time: it is hidden as a covered one is.
/// </summary>
internal sealed class HiddenPixels(FramePool pool) : IDisposable
{
    private const string Model = "faces";
    public const int Black = 16;
    private const int White = 235;
    private const byte Neutral = 128;

    // A hundred tints, by two planes of ten each; what differs from the picture's own by more than this is another's.
    private const int FirstTint = 40;
    private const int TintStep = 8;
    private const int Tints = 10;
    private const int MostOff = 4;

    private readonly Redactor _redactor = new(pool);
    private byte[] _coverage = [];
    private int _pixels;
    private int _number;

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
        FrameCopy.Fill(frame, Black, Neutral, Neutral);
        var (state, tracks) = Known(seen, frame, least);
        // A still has no earlier picture to be told from, and at the soft edges of masks a tint reads as specks.
        return Of(Snapshot, state, tracks, [], width, height, Neutral, Neutral, out _);
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

    /// <summary>Which part of the picture was hidden, as of the last call, because it was not looked at as is promised.</summary>
    public double Unseen => _redactor.Unseen;

    /// <summary>Coverage of each pixel, 0 to 255, under a policy that hides in white.</summary>
    public ReadOnlySpan<byte> Of(
        PolicySnapshot policy, VisionState state, FrameTracks tracks, ReadOnlySpan<FrameTracks> later, int width, int height, out bool isCovered)
    {
        _number++;
        return Of(policy, state, tracks, later, width, height, Tint(_number), Tint(_number / Tints), out isCovered);
    }

    private ReadOnlySpan<byte> Of(
        PolicySnapshot policy, VisionState state, FrameTracks tracks, ReadOnlySpan<FrameTracks> later, int width, int height, byte u, byte v, out bool isCovered)
    {
        using var frame = pool.Rent(width, height);
        FrameCopy.Fill(frame, Black, u, v);
        _redactor.Redact(frame, policy, state, tracks, later);
        isCovered = _redactor.Decision.IsCovered;
        Read(frame, u, v);
        return Coverage;
    }

    private static byte Tint(int number) => (byte)(FirstTint + TintStep * (number % Tints));

    private void Read(VideoFrame frame, byte tintU, byte tintV)
    {
        _pixels = frame.Width * frame.Height;
        Read(frame, ref _coverage, tintU, tintV);
    }

    /// <summary>Reads the coverage of each pixel off a picture that was black, with a tint of its own where it has one.</summary>
    public static void Read(VideoFrame frame, ref byte[] coverage, byte tintU = Neutral, byte tintV = Neutral)
    {
        if (coverage.Length < frame.Width * frame.Height)
            coverage = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.RowY(y);
            var u = frame.RowU(y / 2);
            var v = frame.RowV(y / 2);
            var to = coverage.AsSpan(y * frame.Width, frame.Width);
            for (var x = 0; x < row.Length; x++)
            {
                var covered = (byte)(Math.Clamp(row[x] - Black, 0, White - Black) * 255 / (White - Black));
                to[x] = IsOwn(covered, u[x / 2], tintU) && IsOwn(covered, v[x / 2], tintV) ? covered : byte.MaxValue;
            }
        }
    }

    /// <summary>Whether the chroma is what so much cover leaves of the picture's own tint.</summary>
    private static bool IsOwn(byte covered, byte chroma, byte tint) =>
        Math.Abs(chroma - (tint + (Neutral - tint) * covered / 255)) <= MostOff;

    public void Dispose() => _redactor.Dispose();
}
