using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Pictures;

/// <summary>What a person marks in a picture: what is drawn is gone, what is kept is there, and neither goes below the floor.</summary>
public sealed class MarkedPictureTests
{
    private const int Side = 96;
    private static readonly byte[] Original = File.ReadAllBytes(Portrait.Path);
    private static readonly RedactionPolicy Nothing = new() { NothingHidden = true };
    private static readonly ZoneBox Middle = new(0.25f, 0.25f, 0.5f, 0.5f);
    private static readonly ZonePoint[] Diamond = [new(0.5f, 0.2f), new(0.8f, 0.5f), new(0.5f, 0.8f), new(0.2f, 0.5f)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<HideShape, RuleEffect> Drawn()
    {
        var all = new TheoryData<HideShape, RuleEffect>();
        foreach (var shape in Enum.GetValues<HideShape>())
            foreach (var effect in (RuleEffect[])[RuleEffect.Blur, RuleEffect.Solid, RuleEffect.Glyph])
                all.Add(shape, effect);
        return all;
    }

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Nothing_of_what_a_shape_covers_is_left(HideShape shape, RuleEffect effect)
    {
        var mark = Shape(shape) with { How = new RuleHow { Effect = effect } };
        bool Inside(int x, int y) => IsIn(shape, (x + 0.5f) / Side, (y + 0.5f) / Side);
        var one = Pixels(Redact(Noise(1, 1, Inside), Nothing, [], Hide(mark)).File);
        var other = Pixels(Redact(Noise(1, 2, Inside), Nothing, [], Hide(mark)).File);
        // A fill has a fine grain of its own; the pixels beneath differ by up to 255.
        for (var i = 0; i < one.Length; i++)
            Math.Abs(one[i] - other[i]).ShouldBeLessThan(8, $"at {i % Side},{i / Side}");
        var bare = Pixels(Redact(Noise(1, 1, Inside), Nothing, [], PictureMarks.None).File);
        bare[0].ShouldBe(one[0], "what lies far from the shape is as it was");
        bare[(Side / 2) * Side + Side / 2 - 7].ShouldNotBe(one[(Side / 2) * Side + Side / 2 - 7]);
    }

    [Fact]
    public async Task A_shape_without_an_effect_is_hidden_as_the_first_rule_hides()
    {
        using var blind = new FaultyDetector(await RealModels.FacesAsync()) { Fault = Fault.Blind };
        var policy = new RedactionPolicy
        {
            NothingHidden = true,
            Rules = [new PolicyRule { When = new RuleWhen { TrackIds = [1] }, How = new RuleHow { Effect = RuleEffect.Solid, Color = "#ffffff" } }],
        };
        var pixels = Pixels(Redact(Noise(1, 1, (_, _) => false), policy, [new FileModel("faces", blind)], Hide(Shape(HideShape.Rectangle))).File);
        ((int)pixels[(Side / 2) * Side + Side / 2]).ShouldBeInRange(220, 255);
    }

    [Fact]
    public async Task A_find_that_is_kept_is_shown_as_it_was_and_only_by_its_own_box()
    {
        var models = await PictureRedactionTests.FacesAsync();
        var face = FaceOf(models);
        var kept = Redact(Original, PolicyPresets.BlurFaces, models, Keep("faces", face));
        kept.Kept.ShouldBe(1);
        Portrait.FaceIn(kept.File).ShouldBeGreaterThan(Likeness.Shown);

        foreach (var wrong in (ZoneBox[])[face with { X = face.X + face.Width * 0.2f }, Middle, new(0, 0, 1, 1)])
        {
            var hidden = Redact(Original, PolicyPresets.BlurFaces, models, Keep("faces", wrong));
            hidden.Kept.ShouldBe(0);
            Portrait.FaceIn(hidden.File).ShouldBeLessThan(Likeness.Shown);
        }

        Portrait.FaceIn(Redact(Original, PolicyPresets.BlurFaces, models, Keep("plates", face)).File).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task The_floor_hides_what_somebody_keeps()
    {
        var models = await PictureRedactionTests.FacesAsync();
        var marks = Keep("faces", FaceOf(models));
        var stronger = new RedactionPolicy { Rules = [new PolicyRule { How = new RuleHow { Effect = RuleEffect.Solid, Padding = 0.3f } }] };
        foreach (var policy in (RedactionPolicy[])[PolicyPresets.BlurFaces, stronger])
        {
            var done = Redact(Original, policy, models, marks, PolicyPresets.BlurFaces);
            Portrait.FaceIn(done.File).ShouldBeLessThan(Likeness.Shown);
            done.Kept.ShouldBe(0);
        }
    }

    [Fact]
    public async Task What_is_drawn_over_a_kept_find_is_hidden()
    {
        var models = await PictureRedactionTests.FacesAsync();
        var face = FaceOf(models);
        var drawn = new HideMark { Shape = HideShape.Ellipse, Box = face, How = new RuleHow { Padding = RuleHow.UsualPadding } };
        var marks = Keep("faces", face) with { Hide = [drawn] };
        Portrait.FaceIn(Redact(Original, PolicyPresets.BlurFaces, models, marks).File).ShouldBeLessThan(Likeness.Shown);
    }

    private static HideMark Shape(HideShape shape) => shape switch
    {
        HideShape.Polygon => new HideMark { Shape = shape, Points = Diamond },
        HideShape.Brush => new HideMark { Shape = shape, Points = [new(0.3f, 0.4f), new(0.7f, 0.6f)], Width = 0.3f },
        _ => new HideMark { Shape = shape, Box = Middle },
    };

    private static bool IsIn(HideShape shape, float x, float y) => shape switch
    {
        HideShape.Rectangle => x is > 0.25f and < 0.75f && y is > 0.25f and < 0.75f,
        HideShape.Ellipse => float.Hypot(x - 0.5f, y - 0.5f) < 0.25f,
        HideShape.Polygon => MathF.Abs(x - 0.5f) + MathF.Abs(y - 0.5f) < 0.3f,
        _ => IsNear(x, y),
    };

    private static bool IsNear(float x, float y)
    {
        var part = Math.Clamp(((x - 0.3f) * 0.4f + (y - 0.4f) * 0.2f) / 0.2f, 0, 1);
        return float.Hypot(x - 0.3f - part * 0.4f, y - 0.4f - part * 0.2f) < 0.15f;
    }

    /// <summary>Noise in grey; that inside comes from another seed.</summary>
    private static byte[] Noise(int seed, int insideSeed, Func<int, int, bool> inside)
    {
        var (outer, inner) = (new Random(seed), new Random(insideSeed + 100));
        var pixels = new uint[Side * Side];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (a, b) = ((uint)outer.Next(256), (uint)inner.Next(256));
            var grey = inside(i % Side, i / Side) ? b : a;
            pixels[i] = grey << 24 | grey << 16 | grey << 8 | 0xFF;
        }

        return TestPng.Of(Side, Side, (x, y) => pixels[y * Side + x]);
    }

    private static byte[] Pixels(byte[] file)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(file, pool);
        return Portrait.LumaOf(frame);
    }

    private static PictureMarks Hide(HideMark mark) => new() { Hide = [mark] };

    private static PictureMarks Keep(string model, ZoneBox box) => new() { Keep = [new KeepMark { Model = model, Box = box }] };

    private static RedactedPicture Redact(
        byte[] file, RedactionPolicy policy, IReadOnlyList<FileModel> models, PictureMarks marks, RedactionPolicy? floor = null) =>
        PictureRedaction.Redact(file, policy, models, new PictureOptions { Format = ImageFormat.Png, Marks = marks, Floor = floor }, Cancel);

    /// <summary>Where a look at the portrait finds its face.</summary>
    private static ZoneBox FaceOf(IReadOnlyList<FileModel> models)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(Original, pool);
        using var vision = new FileVision(models, pool);
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, Cancel);
        vision.State.Sources[0].TryOwn(tracks.Mark, out var found).ShouldBeTrue();
        var face = found.Items.ToArray().MaxBy(item => item.Score).Box;
        return new ZoneBox(face.Left / 512, face.Top / 512, face.Width / 512, face.Height / 512);
    }
}
