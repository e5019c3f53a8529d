using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Benchmarks;

/// <summary>What it costs that a picture follows somebody, in turns with the same picture that does not, and with its encoder.</summary>
internal static class FramingCost
{
    public static int Run(int rounds)
    {
        Console.WriteLine("| picture | redacted, ms | and framed | ratio | framing / encoding by VP8 |\n| --- | --- | --- | --- | --- |");
        foreach (var (width, height) in new[] { (640, 480), (1280, 720), (1920, 1080) })
            Row(width, height, rounds);
        return 0;
    }

    private static void Row(int width, int height, int rounds)
    {
        using var pool = new FramePool();
        using var picture = TestPicture.Noise(pool, width, height);
        using var frame = pool.Rent(width, height);
        using var plain = new Side(pool, framing: null);
        using var framed = new Side(pool, new PolicyFraming { Size = 0.4f });
        using var encoder = VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { BitsPerSecond = 2_000_000, Threads = 1 });
        List<double> without = [], with = [], encoding = [];
        for (var i = 0; i < rounds; i++)
        {
            // The subject wanders, so that the view is always on its way and no table stays.
            var at = 0.5f + 0.3f * MathF.Sin(i / 40f);
            without.Add(plain.Take(picture, frame, at));
            with.Add(framed.Take(picture, frame, at));
            var began = Stopwatch.GetTimestamp();
            encoder.Encode(framed.Last, forceKeyFrame: false);
            encoding.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var (a, b, e) = (Median(without), Median(with), Median(encoding));
        Console.WriteLine(FormattableString.Invariant($"| {width}×{height} | {a:F2} | {b:F2} | {b / a:F2} | {(b - a) / e:F2} |"));
    }

    // The first rounds fill the pool and find the subject.
    private static double Median(List<double> times)
    {
        var sorted = times.Skip(times.Count / 4).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed class Side(FramePool pool, PolicyFraming? framing) : IDisposable
    {
        private readonly Redactor _redactor = new(pool);
        private readonly FrameMarks _marks = new();
        private readonly FrameTracks _tracks = new();
        private readonly VisionState _vision = new();
        private readonly PolicySnapshot _policy = PolicySnapshot.Create(1, PolicyPresets.OverlayBoxes with
        {
            Framing = framing,
            Zones = [new PolicyZone { Box = new ZoneBox(0.4f, 0.4f, 0.2f, 0.2f), How = new RuleHow() }],
        });

        private TimeSpan _now = TimeSpan.FromSeconds(1);

        public RedactedFrame Last { get; private set; }

        public double Take(VideoFrame picture, VideoFrame frame, float at)
        {
            _now += TimeSpan.FromSeconds(1 / 30.0);
            FrameCopy.Copy(picture, frame);
            if (_vision.Sources.Count == 0)
                _vision.Add("faces", new NoDetector());
            var (x, y, side) = (at * frame.Width, 0.5f * frame.Height, 0.2f * frame.Height);
            var box = new BoxF(x - side / 2, y - side / 2, x + side / 2, y + side / 2);
            _tracks.Set(_marks.Add(frame, _now), frame, [new Track(1, 0, 0, 0.9f, box, box, 0, 0, _now, TimeSpan.Zero, Coasting: false)]);
            var began = Stopwatch.GetTimestamp();
            Last = _redactor.Redact(frame, _policy, _vision, _tracks);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        public void Dispose() => _redactor.Dispose();
    }

    private sealed class NoDetector : IDetector
    {
        public string ModelId => "none";

        public IReadOnlyList<string> Labels { get; } = ["face"];

        public DetectionThresholds Thresholds { get; } = new(0.6f, 0.3f, 0.4f);

        public InputSize InputSize => new(640, 480);

        public int InputStep => 32;

        public int SmallestFace => 16;

        public IDetectorLane OpenLane(int slots) => throw new NotSupportedException("Nothing is looked at here.");

        public void Dispose()
        {
        }
    }
}
