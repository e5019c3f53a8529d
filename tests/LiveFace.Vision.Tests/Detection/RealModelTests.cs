using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>The permissive models on astronaut.png (NASA, public domain) and page.png of Debian's python3-skimage.</summary>
public sealed class RealModelTests : IDisposable
{
    private const string Portrait = "/usr/lib/python3/dist-packages/skimage/data/astronaut.png";

    private const string Page = "/usr/lib/python3/dist-packages/skimage/data/page.png";

    // Her face, read off the picture by eye.
    private static readonly BoxF Face = new(178, 68, 272, 178);

    private readonly FramePool _pool = new();

    [Theory]
    [InlineData("ultraface")]
    [InlineData("blazeface")]
    public async Task A_face_model_finds_the_face(string id)
    {
        using var detector = await OpenAsync(id);
        using var frame = ReadPortrait();
        var found = Look(detector, frame, detector.InputSize);
        found.Items.ToArray().ShouldContain(f => f.Box.IntersectionOverUnion(Face) > 0.6f && f.Score > 0.8f);
        found.Items.ToArray().ShouldAllBe(f => f.Box.Left >= 0 && f.Box.Top >= 0 && f.Box.Right <= 512 && f.Box.Bottom <= 512);
    }

    [Theory]
    [InlineData(320, 240)]
    [InlineData(480, 352)]
    [InlineData(640, 352)]
    [InlineData(640, 480)]
    [InlineData(960, 704)]
    public async Task The_default_model_finds_the_face_at_any_input_size(int width, int height)
    {
        using var detector = await OpenAsync("ultraface");
        using var frame = ReadPortrait();
        var found = Look(detector, frame, new InputSize(width, height));
        found.Items.ToArray().ShouldContain(f => f.Box.IntersectionOverUnion(Face) > 0.6f);
    }

    [Fact]
    public async Task A_window_gives_boxes_in_pixels_of_the_frame()
    {
        using var detector = await OpenAsync("ultraface");
        using var frame = ReadPortrait();
        using var lane = detector.OpenLane(2);
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(100, 20, 320, 240), new InputSize(320, 256)).ShouldBeTrue();
        lane.Infer(found).ShouldBe(DetectionVerdict.Seen);
        found.Items.ToArray().ShouldContain(f => f.Box.IntersectionOverUnion(Face) > 0.6f);
    }

    [Fact]
    public async Task Points_lie_on_the_face()
    {
        using var detector = await OpenAsync("blazeface");
        using var frame = ReadPortrait();
        var landmarks = Look(detector, frame, detector.InputSize).Items[0].Landmarks.ShouldNotBeNull();
        // Read off the picture: her right eye is on the left.
        landmarks.RightEyeX.ShouldBe(202, 4);
        landmarks.RightEyeY.ShouldBe(101, 4);
        landmarks.LeftEyeX.ShouldBe(247, 4);
        landmarks.NoseY.ShouldBe(127, 5);
    }

    [Fact]
    public async Task The_object_model_finds_the_person()
    {
        using var detector = await OpenAsync("nanodet");
        using var frame = ReadPortrait();
        var best = Look(detector, frame, detector.InputSize).Items[0];
        detector.Labels[best.Class].ShouldBe("person");
        best.Box.IntersectionOverUnion(new BoxF(14, 15, 366, 510)).ShouldBeGreaterThan(0.85f);
    }

    [Fact]
    public async Task The_outline_holds_the_person_and_not_the_wall()
    {
        using var detector = await OpenAsync("selfie");
        using var frame = ReadPortrait();
        var found = Look(detector, frame, detector.InputSize);
        var mask = found.Masks[found.Items[0].Mask];
        mask.Region.ShouldBe(new BoxF(0, 0, 512, 512));
        At(224, 128).ShouldBeGreaterThan((byte)200);
        At(224, 420).ShouldBeGreaterThan((byte)200);
        At(30, 150).ShouldBeLessThan((byte)60);

        byte At(int x, int y) => mask.Values[y * mask.Height / 512 * mask.Width + x * mask.Width / 512];
    }

    [Fact]
    public async Task The_text_model_finds_the_lines_of_a_page()
    {
        using var detector = await OpenAsync("ppocr");
        using var frame = ImageFile.Decode(File.ReadAllBytes(Page), _pool);
        var lines = Look(detector, frame, detector.InputSize).Items.ToArray();
        // Seven lines of print, each nearly as wide as the page but the last.
        lines.Length.ShouldBeInRange(6, 9);
        lines.Count(line => line.Box.Width > 250 && line.Box.Height < 40).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task Looks_allocate_nothing_whatever_they_may_cost()
    {
        using var detector = await OpenAsync("ultraface");
        using var frame = ReadPortrait();
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(4));
        using var pipeline = new VisionPipeline([detector], new VisionOptions(), clock);
        var next = 0;
        // By then a window and a turned picture were planned, which makes tables once, and no plan was as large as those that follow.
        for (var i = 0; i < 10; i++)
            Look(1);
        var before = ThreadAllocations.Begin();
        for (var round = 0; round < 3; round++)
            for (var budget = 1; budget < 128; budget *= 2)
                Look(budget);
        ThreadAllocations.Since(before).ShouldBe(0);
        pipeline.Eyes[0].Plan.IsFull.ShouldBeTrue();
        pipeline.Tracks.ToArray().ShouldContain(t => t.Box.IntersectionOverUnion(Face) > 0.6f);

        void Look(int budget) =>
            pipeline.Observe(frame, next++ * TimeSpan.FromMilliseconds(33), TimeSpan.FromMilliseconds(budget));
    }

    [Theory]
    [InlineData("ultraface")]
    [InlineData("blazeface")]
    [InlineData("nanodet")]
    [InlineData("selfie")]
    [InlineData("ppocr")]
    public async Task A_look_of_each_model_allocates_nothing(string id)
    {
        using var detector = await OpenAsync(id);
        using var frame = ReadPortrait();
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        Once();
        Once();
        var before = ThreadAllocations.Begin();
        Once();
        Once();
        ThreadAllocations.Since(before).ShouldBe(0);

        void Once()
        {
            found.Clear();
            lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), detector.InputSize);
            lane.Infer(found);
        }
    }

    /// <summary>A clock that goes on by as much at each reading, so that what a look costs is no matter of the machine.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;
    }

    public void Dispose() => _pool.Dispose();

    internal static async Task<OnnxDetector> OpenAsync(string id) =>
        OnnxDetector.Open(Repository.Catalogue.Find(id), await Repository.ModelAsync(id));

    private static DetectionList Look(OnnxDetector detector, VideoFrame frame, InputSize size)
    {
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), size).ShouldBeTrue();
        lane.Infer(found).ShouldBe(DetectionVerdict.Seen);
        return found;
    }

    private VideoFrame ReadPortrait() => ImageFile.Decode(File.ReadAllBytes(Portrait), _pool);
}
