using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Blind;

/// <summary>Pictures of what a face model is blind to as a picture stands, with their faces.</summary>
internal static class BlindCases
{
    public const int Width = 640, Height = 480;

    public static readonly string[] Names = ["upright", "rolled 90°", "rolled 180°", "1.8 × the picture", "2.4 × the picture", "half out of it", "a tenth of the light", "no face"];

    private static readonly float[] Heights = [60, 110, 170];

    public static IEnumerable<(string Case, VideoFrame Frame, BoxF[] Faces)> All(
        IEnumerable<AnnotatedPicture> pictures, FramePool pool)
    {
        var random = new Random(5);
        foreach (var picture in pictures)
        {
            foreach (var face in picture.Faces)
                foreach (var one in Of(picture.Frame, face, picture.Faces, Heights[random.Next(Heights.Length)], random, pool))
                    yield return one;
            picture.Dispose();
        }

        for (var i = 0; i < 3; i++)
        {
            using var scene = FacePictures.Background(i, pool);
            for (var part = 1; part <= 3; part++)
            {
                var height = Math.Min(scene.Height, scene.Width * 3 / 4) / (1 + 0.3 * (part - 1));
                yield return ("no face", View(scene, new PictureRegion((scene.Width - height * 4 / 3) / part, (scene.Height - height) / part, height * 4 / 3, height), pool), []);
            }
        }
    }

    private static IEnumerable<(string Case, VideoFrame Frame, BoxF[] Faces)> Of(
        VideoFrame picture, BoxF face, IReadOnlyList<BoxF> all, float height, Random random, FramePool pool)
    {
        var region = Around(face, height, 120 + random.NextSingle() * 400, 110 + random.NextSingle() * 260);
        BoxF[] faces = [.. all.Select(one => Moved(one, region)).Where(IsInside)];
        yield return (Names[0], View(picture, region, pool), faces);
        using var upright = View(picture, region, pool);
        yield return (Names[1], Turned(upright, QuarterTurns.Clockwise, pool), [.. faces.Select(f => new BoxF(Height - f.Bottom, f.Left, Height - f.Top, f.Right))]);
        yield return (Names[2], Turned(upright, QuarterTurns.Half, pool), [.. faces.Select(f => new BoxF(Width - f.Right, Height - f.Bottom, Width - f.Left, Height - f.Top))]);
        foreach (var (name, times) in new[] { (Names[3], 1.8f), (Names[4], 2.4f) })
        {
            var near = Around(face, times * Height, Width / 2f, Height / 2f);
            yield return (name, View(picture, near, pool), [Moved(face, near)]);
        }

        var (x, y) = random.Next(4) switch { 0 => (0f, 240f), 1 => (Width, 200f), 2 => (250f, 0f), _ => (400f, Height) };
        var half = Around(face, 1.3f * height, x, y);
        yield return (Names[5], View(picture, half, pool), [Moved(face, half)]);
        var dark = View(picture, region, pool);
        Darken(dark, random);
        yield return (Names[6], dark, faces);
    }

    /// <summary>The part of a picture in whose view a face is so high and has its middle there.</summary>
    private static PictureRegion Around(BoxF face, float height, float x, float y)
    {
        double scale = face.Height / height;
        return new PictureRegion(face.CentreX - x * scale, face.CentreY - y * scale, Width * scale, Height * scale);
    }

    private static VideoFrame View(VideoFrame picture, PictureRegion region, FramePool pool)
    {
        var view = pool.Rent(Width, Height);
        new FrameScaler().Scale(picture, region, view);
        return view;
    }

    private static VideoFrame Turned(VideoFrame frame, QuarterTurns turns, FramePool pool)
    {
        var (width, height) = FrameRotation.SizeAfter(frame.Width, frame.Height, turns);
        var turned = pool.Rent(width, height);
        FrameRotation.Rotate(frame, turns, turned);
        return turned;
    }

    private static BoxF Moved(BoxF face, PictureRegion region)
    {
        float x = (float)(Width / region.Width), y = (float)(Height / region.Height);
        return new BoxF(
            (face.Left - (float)region.X) * x, (face.Top - (float)region.Y) * y, (face.Right - (float)region.X) * x, (face.Bottom - (float)region.Y) * y);
    }

    private static bool IsInside(BoxF face) => face.Height >= 24 && face.Intersect(new BoxF(0, 0, Width, Height)).Area > 0.3f * face.Area;

    private static void Darken(VideoFrame frame, Random random)
    {
        for (var y = 0; y < frame.Height; y++)
            foreach (ref var pixel in frame.RowY(y))
                pixel = (byte)Math.Clamp(16.5f + (pixel - 16) * 0.1f + 3 * (random.NextSingle() + random.NextSingle() - 1), 0, 255);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            foreach (ref var pixel in frame.RowU(y))
                pixel = (byte)(128 + (pixel - 128) * 0.1f);
            foreach (ref var pixel in frame.RowV(y))
                pixel = (byte)(128 + (pixel - 128) * 0.1f);
        }
    }
}
