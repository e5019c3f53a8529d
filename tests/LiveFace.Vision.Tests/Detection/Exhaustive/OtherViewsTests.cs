using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Looks at turned, padded and brightened copies: what they find, and what becomes of it.</summary>
public sealed class OtherViewsTests : IDisposable
{
    private static readonly BoxF Thing = new(60, 40, 160, 120);

    private readonly FramePool _pool = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, QuarterTurns.None, 0, 0)]
    [InlineData(true, QuarterTurns.None, 0, 0)]
    [InlineData(false, QuarterTurns.Clockwise, 0, 0)]
    [InlineData(false, QuarterTurns.Half, 0, 0)]
    [InlineData(false, QuarterTurns.CounterClockwise, 0, 0)]
    [InlineData(false, QuarterTurns.None, 96, 72)]
    public void What_is_seen_in_a_copy_is_led_back_to_where_it_is(bool mirrored, QuarterTurns turns, int left, int top)
    {
        using var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 50, 128, 128);
        for (var y = (int)Thing.Top; y < Thing.Bottom; y++)
            frame.RowY(y)[(int)Thing.Left..(int)Thing.Right].Fill(200);
        using var copy = mirrored ? PictureCopies.Mirrored(frame, _pool)
            : turns != QuarterTurns.None ? PictureCopies.Turned(frame, turns, _pool)
            : PictureCopies.Padded(frame, 1 + 2f * left / 320, _pool, out _, out _);
        new PictureView(320, 240, mirrored, turns, left, top).Back(new DetectedObject(Bright(copy), 0, 1)).Box.ShouldBe(Thing);
    }

    [Fact]
    public void Landmarks_follow_and_the_eyes_change_sides_in_the_mirror()
    {
        var points = new FaceLandmarks(10, 20, 30, 20, 20, 30, 12, 40, 28, 40);
        new PictureView(100, 80, Mirrored: true).Back(new DetectedObject(Thing, 0, 1, points)).Landmarks
            .ShouldBe(new FaceLandmarks(70, 20, 90, 20, 80, 30, 72, 40, 88, 40));
        new PictureView(100, 80, Turns: QuarterTurns.Half).Back(new DetectedObject(Thing, 0, 1, points)).Landmarks
            .ShouldBe(new FaceLandmarks(90, 60, 70, 60, 80, 50, 88, 40, 72, 40));
    }

    [Fact]
    public void A_picture_with_light_enough_is_not_brightened_and_a_dark_one_keeps_its_black()
    {
        using var frame = _pool.Rent(64, 48);
        FrameCopy.Fill(frame, 120, 128, 128);
        PictureCopies.Brightened(frame, _pool).ShouldBeNull();
        FrameCopy.Fill(frame, 26, 130, 128);
        frame.RowY(0)[0] = 16;
        using var bright = PictureCopies.Brightened(frame, _pool).ShouldNotBeNull();
        (bright.RowY(0)[0], bright.RowY(1)[1], bright.RowU(1)[1]).ShouldBe(((byte)16, (byte)116, (byte)148));
    }

    /// <summary>Each as the model does not see it as it stands, which shows that the views are what finds it.</summary>
    [Theory]
    [InlineData(nameof(Lying))]
    [InlineData(nameof(Huge))]
    [InlineData(nameof(Dark))]
    public async Task Faces_that_a_model_is_blind_to_are_found(string name)
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var second = await Repository.OpenAsync("blazeface");
        using var plain = new ExhaustiveLook(detector, _pool);
        using var thorough = new ExhaustiveLook(detector, _pool, LookViews.All, [second]);
        var pictures = await FacePictures.ReadAsync(Repository.Root, _pool, Cancel);
        var (plainly, thoroughly, faces) = (0, 0, 0);
        foreach (var picture in pictures)
        {
            foreach (var face in picture.Faces.Take(2))
            {
                using var frame = name switch { nameof(Lying) => Lying(picture.Frame, face), nameof(Huge) => Huge(picture.Frame, face), _ => Dark(picture.Frame, face) };
                faces++;
                plainly += Sees(plain, frame) ? 1 : 0;
                thoroughly += Sees(thorough, frame) ? 1 : 0;
            }

            picture.Dispose();
        }

        (faces - thoroughly).ShouldBeLessThanOrEqualTo((faces - plainly) / 3, $"{plainly} of {faces} as they stand, {thoroughly} in other views");
        plainly.ShouldBeLessThan(faces, "the case is none");
    }

    [Fact]
    public void What_other_views_see_needs_two_looks()
    {
        var seen = new Sightings(0.4f, severalModels: false);
        seen.Add(Sighted(0.9f, SightingKind.Turned, look: 1));
        seen.Add(Sighted(0.9f, SightingKind.Turned, look: 1));
        seen.Add(Sighted(0.9f, SightingKind.Upright, look: 2));
        Confirmed(seen).ShouldBeEmpty("one look of each kind");
        seen.Add(Sighted(0.8f, SightingKind.Turned, look: 4));
        Confirmed(seen).ShouldBe([new DetectedObject(Thing, 0, 0.9f)]);
    }

    [Fact]
    public void Where_there_are_several_models_two_of_them_have_to_agree()
    {
        var seen = new Sightings(0.4f, severalModels: true);
        seen.Add(Sighted(0.9f, SightingKind.Turned, look: 1));
        seen.Add(Sighted(0.9f, SightingKind.Turned, look: 2));
        Confirmed(seen).ShouldBeEmpty("one model");
        seen.Add(Sighted(0.8f, SightingKind.Turned, look: 3, model: 1));
        Confirmed(seen).ShouldBe([new DetectedObject(Thing, 0, 0.9f)]);
    }

    [Fact]
    public void A_large_thing_has_to_be_surer_than_a_small_one()
    {
        var seen = new Sightings(0.4f, severalModels: true);
        seen.Add(Sighted(0.9f, SightingKind.Upright, look: 1));
        seen.Add(Sighted(0.5f, SightingKind.Upright, look: 2, model: 1));
        Confirmed(seen, Thing.Area).ShouldBeEmpty("it fills the picture");
        Confirmed(seen, 100 * Thing.Area).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(0.5f, 0)]
    [InlineData(0.56f, 1)]
    public void Looks_have_to_be_fairly_sure_to_confirm_each_other(float score, int count)
    {
        // Turned by half, the fake's thing is seen at both sizes, at the other end of the picture.
        var fake = new FakeDetector();
        fake.Scene.Add(new DetectedObject(new BoxF(10, 20, 90, 100), 0, score));
        using var look = new ExhaustiveLook(fake, _pool, LookViews.Turned);
        using var frame = _pool.Rent(640, 480);
        FrameCopy.Fill(frame, 120, 128, 128);
        var found = new DetectionList();
        look.Look(frame, found, Cancel).ShouldBe(DetectionVerdict.Seen);
        found.Items.ToArray().Count(item => item.Box == new BoxF(550, 380, 630, 460)).ShouldBe(count);
    }

    [Fact]
    public void A_second_model_that_fails_means_that_nothing_is_known()
    {
        var second = new FakeDetector { Throws = true };
        using var look = new ExhaustiveLook(new FakeDetector(), _pool, LookViews.All, [second]);
        using var frame = _pool.Rent(320, 240);
        look.Look(frame, new DetectionList(), Cancel).ShouldBe(DetectionVerdict.Failed);
    }

    public void Dispose() => _pool.Dispose();

    private static Sighting Sighted(float score, SightingKind kind, int look, int model = 0) =>
        new(new DetectedObject(Thing, 0, score), kind, model, look);

    private static DetectedObject[] Confirmed(Sightings seen, float pixels = 640 * 480)
    {
        var found = new DetectionList();
        seen.AddConfirmed(found, pixels);
        return found.Items.ToArray();
    }

    private VideoFrame Lying(VideoFrame picture, BoxF face)
    {
        using var upright = View(picture, face, 100);
        return PictureCopies.Turned(upright, QuarterTurns.Clockwise, _pool);
    }

    private VideoFrame Huge(VideoFrame picture, BoxF face) => View(picture, face, 480 * 1.8f);

    private VideoFrame Dark(VideoFrame picture, BoxF face)
    {
        var frame = View(picture, face, 100);
        for (var y = 0; y < frame.Height; y++)
            foreach (ref var pixel in frame.RowY(y))
                pixel = (byte)(16.5f + Math.Max(0, pixel - 16) * 0.1f);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            foreach (ref var pixel in frame.RowU(y))
                pixel = (byte)(128 + (pixel - 128) * 0.1f);
            foreach (ref var pixel in frame.RowV(y))
                pixel = (byte)(128 + (pixel - 128) * 0.1f);
        }

        return frame;
    }

    /// <summary>640×480 with the face in the middle, so high.</summary>
    private VideoFrame View(VideoFrame picture, BoxF face, float height)
    {
        var scale = face.Height / height;
        var view = _pool.Rent(640, 480);
        new FrameScaler().Scale(picture, new PictureRegion(face.CentreX - 320 * scale, face.CentreY - 240 * scale, 640 * scale, 480 * scale), view);
        return view;
    }

    private static bool Sees(ExhaustiveLook look, VideoFrame frame)
    {
        var found = new DetectionList();
        look.Look(frame, found, Cancel).ShouldBe(DetectionVerdict.Seen);
        foreach (ref readonly var item in found.Items)
            if (Math.Abs(item.Box.CentreX - frame.Width / 2f) < 0.35f * item.Box.Width && Math.Abs(item.Box.CentreY - frame.Height / 2f) < 0.35f * item.Box.Height)
                return true;
        return false;
    }

    private static BoxF Bright(VideoFrame frame)
    {
        int left = frame.Width, top = frame.Height, right = 0, bottom = 0;
        for (var y = 0; y < frame.Height; y++)
            for (var x = 0; x < frame.Width; x++)
                if (frame.RowY(y)[x] > 160)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        return new BoxF(left, top, right, bottom);
    }
}
