using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// What the default model finds live, on still pictures of real people with faces of 11 to 48 pixels, after half a
/// second. The floors may only rise.
/// </summary>
public sealed class PictureFloorTests
{
    [Theory]
    [InlineData(100, 0.85)]
    [InlineData(160, 0.95)]
    [InlineData(400, 0.95)]
    public async Task Live_looks_find_faces_of_every_size(int width, double floor)
    {
        using var detector = await Repository.OpenAsync("ultraface");
        using var pool = new FramePool();
        int faces = 0, seen = 0;
        foreach (var picture in await FacePictures.ReadAsync(Repository.Root, pool, TestContext.Current.CancellationToken))
        {
            var scale = (float)width / picture.Frame.Width;
            using var frame = pool.Rent(640, 480);
            using var small = pool.Rent(width, (int)(picture.Frame.Height * scale));
            FrameCopy.Fill(frame, 110, 128, 128);
            new FrameScaler().Scale(picture.Frame, small);
            Paste(small, frame, 200, 60);
            using var pipeline = ClipStage.Pipeline(detector);
            for (var i = 0; i < 15; i++)
                pipeline.Observe(frame, TimeSpan.FromSeconds(i / 30.0), TimeSpan.FromMilliseconds(8));
            faces += picture.Faces.Count;
            foreach (var face in picture.Faces)
                if (IsFollowed(pipeline, new BoxF(
                    face.Left * scale + 200, face.Top * scale + 60, face.Right * scale + 200, face.Bottom * scale + 60)))
                    seen++;
            picture.Dispose();
        }

        faces.ShouldBe(23);
        ((double)seen / faces).ShouldBeGreaterThanOrEqualTo(floor);
    }

    private static bool IsFollowed(VisionPipeline pipeline, BoxF face)
    {
        foreach (ref readonly var track in pipeline.Tracks)
            if (track.Box.IntersectionOverUnion(face) > 0.4f)
                return true;
        return false;
    }

    private static void Paste(VideoFrame from, VideoFrame to, int left, int top)
    {
        for (var y = 0; y < Math.Min(from.Height, to.Height - top); y++)
            from.RowY(y).CopyTo(to.RowY(top + y)[left..]);
        for (var y = 0; y < Math.Min(from.ChromaHeight, to.ChromaHeight - top / 2); y++)
        {
            from.RowU(y).CopyTo(to.RowU(top / 2 + y)[(left / 2)..]);
            from.RowV(y).CopyTo(to.RowV(top / 2 + y)[(left / 2)..]);
        }
    }
}
