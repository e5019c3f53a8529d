using LiveFace.Accuracy.Sight;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// What a face model is blind to as a picture stands – rolled faces, faces larger than the picture or half out of it,
/// darkness –, and what offline looks make of it: faces missed, and how much of the picture is hidden that is no face.
/// </summary>
internal static class BlindTable
{
    private const int Width = 640, Height = 480;

    /// <summary>What a box may take along of a face's surroundings, in parts of the face, and is still the face.</summary>
    private const float Surroundings = 0.35f;

    private static readonly float[] Heights = [60, 110, 170];
    private static readonly string[] Cases = ["upright", "rolled 90°", "rolled 180°", "1.8 × the picture", "2.4 × the picture", "half out of it", "a tenth of the light", "no face"];

    public static async Task PrintAsync(IReadOnlyList<SightPicture>? own)
    {
        using var model = await SightModel.OpenAsync(Models.All.ForPolicy(LiveSeeing.Model)!.Id);
        var first = model.Detector;
        using var pool = new FramePool();
        using var plain = new ExhaustiveLook(first, pool);
        using var alone = new ExhaustiveLook(first, pool, LookViews.All);
        using var both = new ExhaustiveLook(first, pool, LookViews.All, model.Seconds);
        ExhaustiveLook[] looks = [plain, alone, both];
        var measures = Cases.ToDictionary(name => name, _ => looks.Select(_ => new Measure()).ToArray());
        foreach (var (name, frame, faces) in All(own is null ? await FacePictures.ReadAsync(Models.Root, pool, CancellationToken.None) : own.Select(picture => Open(picture, pool)), pool))
        {
            using (frame)
            {
                for (var i = 0; i < looks.Length; i++)
                    measures[name][i].Count(looks[i], frame, faces);
            }
        }

        var others = string.Join(", ", model.Seconds.Select(second => second.ModelId));
        Console.WriteLine($"| {first.ModelId} offline, in 640×480 | faces | missed: as it stands | + other views | + {others} | hidden beside faces | + other views | + {others} |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var name in Cases)
        {
            var row = measures[name];
            Console.WriteLine($"| {name} | {row[0].Faces} | {string.Join(" | ", row.Select(m => m.Missed))} | {string.Join(" | ", row.Select(m => m.Hidden))} |");
        }
    }

    private static IEnumerable<(string Case, VideoFrame Frame, BoxF[] Faces)> All(
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

    private static AnnotatedPicture Open(SightPicture picture, FramePool pool) => new(
        picture.Name, picture.Open(pool), [.. picture.Faces.Select(f => new BoxF(f.X - f.Width / 2, f.Y - f.Height / 2, f.X + f.Width / 2, f.Y + f.Height / 2))]);

    private static IEnumerable<(string Case, VideoFrame Frame, BoxF[] Faces)> Of(
        VideoFrame picture, BoxF face, IReadOnlyList<BoxF> all, float height, Random random, FramePool pool)
    {
        var region = Around(face, height, 120 + random.NextSingle() * 400, 110 + random.NextSingle() * 260);
        BoxF[] faces = [.. all.Select(one => Moved(one, region)).Where(IsInside)];
        yield return (Cases[0], View(picture, region, pool), faces);
        using var upright = View(picture, region, pool);
        yield return (Cases[1], Turned(upright, QuarterTurns.Clockwise, pool), [.. faces.Select(f => new BoxF(Height - f.Bottom, f.Left, Height - f.Top, f.Right))]);
        yield return (Cases[2], Turned(upright, QuarterTurns.Half, pool), [.. faces.Select(f => new BoxF(Width - f.Right, Height - f.Bottom, Width - f.Left, Height - f.Top))]);
        foreach (var (name, times) in new[] { (Cases[3], 1.8f), (Cases[4], 2.4f) })
        {
            var near = Around(face, times * Height, Width / 2f, Height / 2f);
            yield return (name, View(picture, near, pool), [Moved(face, near)]);
        }

        var (x, y) = random.Next(4) switch { 0 => (0f, 240f), 1 => (Width, 200f), 2 => (250f, 0f), _ => (400f, Height) };
        var half = Around(face, 1.3f * height, x, y);
        yield return (Cases[5], View(picture, half, pool), [Moved(face, half)]);
        var dark = View(picture, region, pool);
        Darken(dark, random);
        yield return (Cases[6], dark, faces);
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

    /// <summary>A face is missed when less than half of what the picture shows of it lies under boxes, weak ones too.</summary>
    private sealed class Measure
    {
        private const int Step = 8;

        private readonly DetectionList _found = new(ExhaustiveLook.RoomForAll);
        private int _missed;
        private long _cells;
        private long _hidden;

        public int Faces { get; private set; }

        public string Missed => Faces == 0 ? "–" : $"{100.0 * _missed / Faces:F1} %";

        public string Hidden => $"{100.0 * _hidden / _cells:F1} %";

        public void Count(ExhaustiveLook look, VideoFrame frame, BoxF[] faces)
        {
            if (look.Look(frame, _found) != DetectionVerdict.Seen)
                throw new InvalidDataException("A picture could not be looked at.");
            Faces += faces.Length;
            foreach (var face in faces)
                _missed += Covered(face.Intersect(new BoxF(0, 0, frame.Width, frame.Height))) < 0.5f ? 1 : 0;
            for (var y = Step / 2; y < frame.Height; y += Step)
                for (var x = Step / 2; x < frame.Width; x += Step)
                {
                    _cells++;
                    _hidden += IsHidden(x, y) && !faces.Any(face => Holds(face.Grow(Surroundings), x, y)) ? 1 : 0;
                }
        }

        private float Covered(BoxF seen)
        {
            const int Points = 20;
            var covered = 0;
            for (var y = 0; y < Points; y++)
                for (var x = 0; x < Points; x++)
                    covered += IsHidden(seen.Left + (x + 0.5f) / Points * seen.Width, seen.Top + (y + 0.5f) / Points * seen.Height) ? 1 : 0;
            return covered / (float)(Points * Points);
        }

        private bool IsHidden(float x, float y)
        {
            foreach (ref readonly var item in _found.Items)
                if (Holds(item.Box, x, y))
                    return true;
            return false;
        }

        private static bool Holds(BoxF box, float x, float y) => x >= box.Left && x <= box.Right && y >= box.Top && y <= box.Bottom;
    }
}
