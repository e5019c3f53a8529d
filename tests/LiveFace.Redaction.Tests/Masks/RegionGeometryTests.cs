using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Masks;

/// <summary>How much larger than a find its mask is: as much as its padding says, and never less than the find.</summary>
public sealed class RegionGeometryTests : IDisposable
{
    private static readonly BoxF Face = new(100, 80, 180, 180);
    private readonly FramePool _pool = new();

    [Fact]
    public void The_usual_oval_covers_the_box_fully_and_reaches_little_beyond_its_padding()
    {
        var coverage = Coverage(RegionGeometry.Of(Face, RuleWhere.Ellipse, RuleHow.UsualPadding, 0));
        for (var y = 80; y < 180; y++)
            for (var x = 100; x < 180; x++)
                coverage[y * 320 + x].ShouldBe(1, 0.02);
        var (across, down) = (0.22f * Face.Width, 0.22f * Face.Height);
        for (var y = 0; y < 240; y++)
            for (var x = 0; x < 320; x++)
                if (x < 100 - across || x > 180 + across || y < 80 - down || y > 180 + down)
                    coverage[y * 320 + x].ShouldBe(0);
        // The oval that a face fills its box with, and what is hidden beyond it.
        (coverage.Sum() / (Math.PI / 4 * Face.Area)).ShouldBeInRange(2, 2.25);
    }

    [Theory]
    [InlineData(RuleWhere.Ellipse)]
    [InlineData(RuleWhere.Box)]
    public void Doubt_widens_the_mask_and_not_its_padding(RuleWhere where)
    {
        var cover = new BoxF(60, 80, 260, 180);
        var small = RegionGeometry.Of(Face, where, 0.15f, 0).Bounds;
        var large = RegionGeometry.Of(cover, Face, where, 0.15f, 0).Bounds;
        var growth = where == RuleWhere.Ellipse ? 1 / 1.189f : 1;
        ((float)large.Width - small.Width).ShouldBe((cover.Width - Face.Width) * growth, 2f);
        large.Height.ShouldBe(small.Height);
    }

    [Fact]
    public void However_far_a_cover_reaches_to_one_side_the_box_stays_covered()
    {
        var bounds = RegionGeometry.Of(new BoxF(20, 80, 180, 180), Face, RuleWhere.Ellipse, 0.05f, 0).Bounds;
        bounds.Right.ShouldBeGreaterThanOrEqualTo(180);
        bounds.Y.ShouldBeLessThanOrEqualTo(80);
        bounds.Bottom.ShouldBeGreaterThanOrEqualTo(180);
    }

    [Fact]
    public void A_box_that_is_no_number_is_refused() =>
        Should.Throw<NotFiniteNumberException>(() => RegionGeometry.Of(Face with { Left = float.NaN }, RuleWhere.Ellipse, 0.15f, 0));

    public void Dispose() => _pool.Dispose();

    private double[] Coverage(EffectRegion region)
    {
        using var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 16, 128, 128);
        new SolidEffect(new RgbColor(255, 255, 255)).Apply(frame, region);
        var coverage = new double[320 * 240];
        for (var y = 0; y < 240; y++)
            for (var x = 0; x < 320; x++)
                coverage[y * 320 + x] = (frame.RowY(y)[x] - 16) / 219.0;
        return coverage;
    }
}
