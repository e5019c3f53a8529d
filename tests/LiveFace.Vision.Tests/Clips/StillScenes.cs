using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// Pictures that are hard to see faces in, painted from real heads over real backgrounds: crowds, dark stages, heads that are
/// rolled, huge, cut by the border or masked, and things that are easily taken for faces. The same kind and seed give the
/// same picture.
/// </summary>
internal sealed class StillScenes(IReadOnlyList<HeadSprite> heads, FramePool pool)
{
    private const int Width = 640;
    private const int Height = 480;

    public static IReadOnlyList<string> WithFaces { get; } = ["crowd", "dark stage", "rolled", "huge", "cut by the border", "masked"];

    public static IReadOnlyList<string> WithoutFaces { get; } = ["foliage", "patterned clothes", "hands", "stage lights", "backs of heads"];

    public PaintedStill Paint(string kind, int seed)
    {
        // No frame pool clears its memory, and string hashes differ from run to run.
        var random = new Random(seed * 31 + kind.Length * 7 + kind[0]);
        var frame = pool.Rent(Width, Height);
        using (var background = FacePictures.Background(seed, pool))
            new FrameScaler().Scale(background, frame);
        FaceTruth[] faces = kind switch
        {
            "crowd" => Crowd(frame, random, 9 + random.Next(3), 40),
            "dark stage" => Stage(frame, random),
            "rolled" => Few(frame, random, 6, () => 24 + 60 * random.NextSingle(), () => (0.25f + 0.75f * random.NextSingle()) * Sign(random) * MathF.PI),
            "huge" => Huge(frame, random),
            "cut by the border" => Cut(frame, random),
            "masked" => Masked(frame, random),
            _ => Faceless(kind, frame, random),
        };
        return new PaintedStill(kind, frame, faces);
    }

    /// <summary>Rows of people that come nearer; every sixth shows the back of the head.</summary>
    private FaceTruth[] Crowd(VideoFrame frame, Random random, float smallest, float largest)
    {
        var faces = new List<FaceTruth>();
        var y = 40f;
        while (y < Height)
        {
            var height = float.Lerp(smallest, largest, y / Height);
            for (var x = height * random.NextSingle(); x < Width; x += height * (1.5f + 0.5f * random.NextSingle()))
            {
                var (px, py, size) = (x, y + 0.4f * height * (random.NextSingle() - 0.5f), height * (0.85f + 0.3f * random.NextSingle()));
                Clothes(frame, random, px, py + 1.9f * size, size);
                if (random.Next(6) == 0)
                    BackOfHead(frame, random, px, py, size);
                else
                    faces.Add(Face(frame, random, faces.Count, px, py, size, 0.25f * (random.NextSingle() - 0.5f)));
            }

            y += 2f * float.Lerp(smallest, largest, Math.Min(1, (y + 2 * height) / Height));
        }

        return [.. faces];
    }

    private FaceTruth[] Stage(VideoFrame frame, Random random)
    {
        var faces = Few(frame, random, 5, () => 14 + 50 * random.NextSingle(), () => 0.3f * (random.NextSingle() - 0.5f));
        Brush.Darken(frame, 0.15f + 0.2f * random.NextSingle(), 14, random);
        Lights(frame, random, 6);
        return faces;
    }

    private FaceTruth[] Huge(VideoFrame frame, Random random)
    {
        var height = Height * (0.7f + 0.7f * random.NextSingle());
        return [Face(frame, random, 0, Width * (0.3f + 0.4f * random.NextSingle()), Height * 0.5f, height, 0)];
    }

    private FaceTruth[] Cut(VideoFrame frame, Random random)
    {
        var faces = new List<FaceTruth>();
        for (var i = 0; i < 6; i++)
        {
            var size = 30 + 90 * random.NextSingle();
            var beyond = size * (0.25f * random.NextSingle() - 0.1f);
            var (x, y) = (i % 4) switch
            {
                0 => (-beyond, Height * (0.2f + 0.3f * i / 6)),
                1 => (Width + beyond, Height * (0.2f + 0.6f * i / 6)),
                2 => (Width * 0.4f, Height + beyond),
                _ => (Width * 0.7f, -beyond),
            };
            faces.Add(Face(frame, random, i, x, y, size, 0));
        }

        return [.. faces];
    }

    private FaceTruth[] Masked(VideoFrame frame, Random random)
    {
        var faces = Few(frame, random, 6, () => 24 + 70 * random.NextSingle(), () => 0);
        foreach (var face in faces)
            Brush.Ellipse(frame, face.X, face.Y + 0.24f * face.Height, 0.47f * face.Width, 0.26f * face.Height, 0,
                random.Next(3) switch { 0 => (210, 130, 126), 1 => (170, 145, 110), _ => (40, 128, 128) });
        return faces;
    }

    /// <summary>Heads in fields of their own, so that none hides another.</summary>
    private FaceTruth[] Few(VideoFrame frame, Random random, int count, Func<float> size, Func<float> turn)
    {
        var faces = new FaceTruth[count];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = ((i % 3 + 0.5f) * Width / 3, (i / 3 + 0.5f) * Height / ((count + 2) / 3));
            var height = size();
            Clothes(frame, random, x, y + 1.9f * height, height);
            faces[i] = Face(frame, random, i, x + 30 * (random.NextSingle() - 0.5f), y + 30 * (random.NextSingle() - 0.5f), height, turn());
        }

        return faces;
    }

    private FaceTruth Face(VideoFrame frame, Random random, int id, float x, float y, float height, float turn)
    {
        var head = heads[random.Next(heads.Count)];
        Brush.Head(frame, head, x, y, height, turn);
        return new FaceTruth(id, x, y, height * head.Aspect, height, turn, Counts: true);
    }

    private static FaceTruth[] Faceless(string kind, VideoFrame frame, Random random)
    {
        for (var i = 0; i < 900 && kind == "foliage"; i++)
            Brush.Ellipse(frame, Width * random.NextSingle(), Height * random.NextSingle(), 4 + 14 * random.NextSingle(),
                2 + 6 * random.NextSingle(), MathF.PI * random.NextSingle(), (40 + 130 * random.NextSingle(), 110, 105 + 12 * random.NextSingle()), 0.3f);
        for (var i = 0; i < 8 && kind == "patterned clothes"; i++)
            Clothes(frame, random, Width * random.NextSingle(), Height * random.NextSingle(), 40 + 60 * random.NextSingle());
        for (var i = 0; i < 8 && kind == "hands"; i++)
            Hand(frame, random, Width * random.NextSingle(), Height * random.NextSingle(), 14 + 50 * random.NextSingle());
        for (var i = 0; i < 14 && kind == "backs of heads"; i++)
            BackOfHead(frame, random, Width * random.NextSingle(), Height * random.NextSingle(), 14 + 60 * random.NextSingle());
        if (kind == "stage lights")
        {
            Brush.Darken(frame, 0.12f, 14, random);
            Lights(frame, random, 14);
        }

        return [];
    }

    private static void Lights(VideoFrame frame, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (x, y, size) = (Width * random.NextSingle(), Height * 0.5f * random.NextSingle(), 6 + 18 * random.NextSingle());
            Brush.Ellipse(frame, x, y, size, size, 0, (225, 120 + 30 * random.NextSingle(), 110 + 30 * random.NextSingle()), 1.5f);
        }
    }

    /// <summary>A dress with dots or stripes.</summary>
    private static void Clothes(VideoFrame frame, Random random, float x, float y, float size)
    {
        var ground = (40 + 170 * random.NextSingle(), 100 + 56 * random.NextSingle(), 100 + 56 * random.NextSingle());
        var figure = (40 + 170 * random.NextSingle(), 100 + 56 * random.NextSingle(), 100 + 56 * random.NextSingle());
        Brush.Ellipse(frame, x, y, 0.9f * size, 1.1f * size, 0, ground);
        var dot = size * (0.06f + 0.1f * random.NextSingle());
        var stripes = random.Next(2) == 0;
        for (var dy = -size; dy < size; dy += 3 * dot)
            for (var dx = -0.6f * size; dx < 0.6f * size && !stripes; dx += 3 * dot)
                Brush.Ellipse(frame, x + dx, y + dy, dot, dot, 0, figure, 0.3f);
        for (var dy = -0.9f * size; dy < 0.9f * size && stripes; dy += 4 * dot)
            Brush.Ellipse(frame, x, y + dy, 0.7f * size, dot, 0, figure, 0.3f);
    }

    private static void BackOfHead(VideoFrame frame, Random random, float x, float y, float size)
    {
        var hair = (30 + 70 * random.NextSingle(), 122f, 130 + 8 * random.NextSingle());
        Brush.Ellipse(frame, x, y + 0.55f * size, 0.3f * size, 0.5f * size, 0, (130 + 60 * random.NextSingle(), 112, 148));
        Brush.Ellipse(frame, x, y, 0.52f * size, 0.62f * size, 0, hair);
        for (var i = 0; i < 14; i++)
            Brush.Ellipse(frame, x + size * 0.7f * (random.NextSingle() - 0.5f), y + 0.3f * size * (random.NextSingle() - 0.5f), 0.03f * size, 0.35f * size,
                0.3f * (random.NextSingle() - 0.5f), hair with { Item1 = hair.Item1 + 40 * (random.NextSingle() - 0.3f) }, 0.5f);
    }

    private static void Hand(VideoFrame frame, Random random, float x, float y, float size)
    {
        var skin = (120 + 90 * random.NextSingle(), 112f, 150f);
        var turn = 2 * MathF.PI * random.NextSingle();
        Brush.Ellipse(frame, x, y, 0.5f * size, 0.55f * size, turn, skin);
        for (var finger = 0; finger < 5; finger++)
        {
            var angle = turn - MathF.PI / 2 + (finger - 2) * 0.32f;
            Brush.Ellipse(frame, x + 0.85f * size * MathF.Cos(angle), y + 0.85f * size * MathF.Sin(angle), 0.45f * size, 0.11f * size, angle,
                skin with { Item1 = skin.Item1 + 20 * (random.NextSingle() - 0.5f) });
        }
    }

    private static float Sign(Random random) => random.Next(2) == 0 ? -1 : 1;
}
