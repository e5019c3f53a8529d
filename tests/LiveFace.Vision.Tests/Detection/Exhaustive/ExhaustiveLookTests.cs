using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

public sealed class ExhaustiveLookTests : IDisposable
{
    private readonly FramePool _pool = new();

    [Fact]
    public async Task Every_face_of_the_annotated_pictures_is_found()
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var look = new ExhaustiveLook(detector, _pool);
        var found = new DetectionList();
        int faces = 0, seen = 0;
        foreach (var picture in await FacePictures.ReadAsync(Repository.Root, _pool, TestContext.Current.CancellationToken))
        {
            using var small = _pool.Rent(480, 480 * picture.Frame.Height / picture.Frame.Width);
            new FrameScaler().Scale(picture.Frame, small);
            look.Look(small, found, TestContext.Current.CancellationToken).ShouldBe(DetectionVerdict.Seen);
            var scale = 480f / picture.Frame.Width;
            faces += picture.Faces.Count;
            seen += picture.Faces.Count(face => found.Items.ToArray().Any(item => item.Box.IntersectionOverUnion(
                new BoxF(face.Left * scale, face.Top * scale, face.Right * scale, face.Bottom * scale)) > 0.4f));
            picture.Dispose();
        }

        faces.ShouldBe(23);
        seen.ShouldBe(23);
    }

    [Fact]
    public void What_is_seen_in_the_mirror_comes_back_to_its_place()
    {
        // The fake sees its thing in the mirrored picture at the mirrored place.
        var fake = new FakeDetector { InputStep = 0 };
        fake.Scene.Add(new DetectedObject(new BoxF(100, 50, 140, 90), 0, 0.8f));
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(600, 400);
        FrameCopy.Fill(frame, 90, 128, 128);
        var found = new DetectionList();
        look.Look(frame, found, TestContext.Current.CancellationToken);
        found.Items.ToArray().Select(f => f.Box).ShouldBe(
            [new BoxF(100, 50, 140, 90), new BoxF(460, 50, 500, 90)], ignoreOrder: true);
    }

    [Fact]
    public void What_fewer_of_the_looks_see_counts_less_and_is_let_go_where_it_takes_much_of_the_picture()
    {
        // In the mirror all stand elsewhere but the one in the middle.
        var fake = new FakeDetector { InputStep = 0 };
        fake.Scene.Add(new DetectedObject(new BoxF(10, 50, 50, 90), 0, 0.8f));
        fake.Scene.Add(new DetectedObject(new BoxF(140, 50, 180, 90), 0, 0.7f));
        fake.Scene.Add(new DetectedObject(new BoxF(0, 100, 140, 240), 0, 0.7f));
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 90, 128, 128);
        var found = new DetectionList();
        look.Look(frame, found, TestContext.Current.CancellationToken);
        look.Windows.ShouldBe(1);
        found.Items.ToArray().Select(f => (f.Box.Left, MathF.Round(f.Score, 3))).ShouldBe([(140, 0.7f), (10, 0.4f), (270, 0.4f)], ignoreOrder: true);
    }

    [Fact]
    public void A_look_that_shows_a_thing_too_small_to_be_seen_says_nothing_against_it()
    {
        // 16 pixels high in the picture: 8 in the smallest look, 16 and more in the others.
        var fake = new FakeDetector { Thresholds = new DetectionThresholds(0.6f, 0.3f, 0.4f) { Heights = new HeightRange(12, 300) } };
        fake.Scene.Add(new DetectedObject(new BoxF(314, 232, 326, 248), 0, 0.8f));
        fake.SmallestSeen = new InputSize(640, 480);
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(640, 480);
        FrameCopy.Fill(frame, 90, 128, 128);
        var found = new DetectionList();
        look.Look(frame, found, TestContext.Current.CancellationToken);
        look.Windows.ShouldBe(3);
        found.Items[0].Score.ShouldBe(0.8f, 0.001f);
    }

    [Fact]
    public void More_windows_than_can_be_looked_at_mean_that_nothing_is_known()
    {
        var fake = new FakeDetector { InputStep = 0, InputSize = new InputSize(32, 32) };
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(1920, 1920);
        FrameCopy.Fill(frame, 90, 128, 128);
        look.Look(frame, new DetectionList(), TestContext.Current.CancellationToken).ShouldBe(DetectionVerdict.Failed);
    }

    [Fact]
    public void More_detections_than_the_list_holds_mean_that_nothing_is_known()
    {
        var fake = new FakeDetector { InputStep = 0 };
        for (var i = 0; i < 4; i++)
            fake.Scene.Add(new DetectedObject(new BoxF(10 + 70 * i, 50, 40 + 70 * i, 90), 0, 0.8f));
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 90, 128, 128);
        look.Look(frame, new DetectionList(7), TestContext.Current.CancellationToken).ShouldBe(DetectionVerdict.TooMany);
        look.Look(frame, new DetectionList(8), TestContext.Current.CancellationToken).ShouldBe(DetectionVerdict.Seen);
    }

    [Fact]
    public void A_large_picture_is_seen_in_windows_at_full_resolution()
    {
        var fake = new FakeDetector();
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(1920, 1080);
        FrameCopy.Fill(frame, 90, 128, 128);
        look.Look(frame, new DetectionList(), TestContext.Current.CancellationToken);
        fake.Asked.Count(a => a.Window.Width == 640 && a.Size == new InputSize(640, 480)).ShouldBe(2 * 4 * 3);
        fake.Asked.Count(a => a.Window.Width == 1920).ShouldBe(2 * 4);
    }

    [Fact]
    public void One_failed_window_means_that_nothing_is_known()
    {
        var fake = new FakeDetector { Verdict = DetectionVerdict.NotFinite };
        using var look = new ExhaustiveLook(fake, _pool);
        using var frame = _pool.Rent(320, 240);
        look.Look(frame, new DetectionList(), TestContext.Current.CancellationToken).ShouldBe(DetectionVerdict.NotFinite);
    }

    public void Dispose() => _pool.Dispose();
}
