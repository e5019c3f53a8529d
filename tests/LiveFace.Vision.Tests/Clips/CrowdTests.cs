using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>As many portraits as go into a picture beside each other: a model sees each of them several times over.</summary>
public sealed class CrowdTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(640, 480, 24, 299)]
    [InlineData(640, 480, 36, 135)]
    [InlineData(1280, 720, 36, 390)]
    public async Task One_live_look_at_a_dense_crowd_loses_no_face_for_want_of_room(int width, int height, int face, int people)
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var pool = new FramePool();
        using var frame = pool.Rent(width, height);
        FrameCopy.Fill(frame, 110, 128, 128);
        var faces = await PaintAsync(frame, pool, face);
        faces.Count.ShouldBe(people);
        using var pipeline = ClipStage.Pipeline(detector);
        pipeline.Observe(frame, TimeSpan.FromMilliseconds(33), Budget);
        pipeline.LastSeen.ShouldBe(TimeSpan.FromMilliseconds(33));
        var found = pipeline.Eyes[0].Found;
        found.Dropped.ShouldBe(0);
        var missed = faces.Count(at => !found.Items.ToArray().Any(item =>
            item.Box.Left < at.X && item.Box.Right > at.X && item.Box.Top < at.Y && item.Box.Bottom > at.Y));
        missed.ShouldBeLessThanOrEqualTo(people / 100);
    }

    private static async Task<List<(int X, int Y)>> PaintAsync(VideoFrame frame, FramePool pool, int face)
    {
        var heads = new List<HeadSprite>();
        foreach (var picture in await FacePictures.ReadAsync(Repository.Root, pool, TestContext.Current.CancellationToken))
        {
            foreach (var box in picture.Faces)
                heads.Add(new HeadSprite(picture.Frame, box, pool));
            picture.Dispose();
        }

        var places = new List<(int X, int Y)>();
        var across = face * 6 / 5;
        var down = face * 3 / 2;
        for (var y = down / 2; y < frame.Height; y += down)
            for (var x = across / 2; x < frame.Width; x += across)
            {
                Paint(frame, heads[places.Count % heads.Count], x, y, face);
                places.Add((x, y));
            }

        return places;
    }

    /// <summary>The face and little of the head, so that neighbours do not hide each other.</summary>
    private static void Paint(VideoFrame frame, HeadSprite head, int middleX, int middleY, int face)
    {
        var level = HeadSprite.LevelFor(face);
        for (var y = Math.Max(0, middleY - face); y < Math.Min(frame.Height, middleY + face); y++)
            for (var x = Math.Max(0, middleX - face); x < Math.Min(frame.Width, middleX + face); x++)
            {
                var (across, down) = ((float)(x - middleX) / face, (float)(y - middleY) / face);
                var opacity = head.Opacity(1.6f * across, 1.4f * down);
                if (opacity <= 0)
                    continue;
                frame.RowY(y)[x] = (byte)float.Lerp(frame.RowY(y)[x], head.Luma(level, across, down), opacity);
                var (u, v) = head.Chroma(level, across, down);
                (frame.RowU(y / 2)[x / 2], frame.RowV(y / 2)[x / 2]) = ((byte)u, (byte)v);
            }
    }
}
