using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Looks;

/// <summary>What is shown of a place that has changed in a frame without a look of its own.</summary>
public sealed class HeldCellsTests : IDisposable
{
    private const byte Dark = 40;
    private const byte Bright = 200;
    private static readonly BoxF Face = new(100, 80, 160, 160);
    private static readonly PixelRect Inside = new(112, 104, 32, 32);
    private static readonly PixelRect Beside = new(240, 24, 32, 32);

    private readonly FramePool _pool = new();
    private readonly ScriptedSight _sight = new();
    private readonly FrameTracks _tracks = new();
    private readonly Redactor _redactor;
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    public HeldCellsTests()
    {
        _sight.Add("faces", "face");
        _redactor = new Redactor(_pool);
    }

    public void Dispose()
    {
        _redactor.Dispose();
        _sight.Dispose();
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_shows_what_the_last_picture_showed_there_under_a_watermark_too(bool isMarked)
    {
        var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with
        {
            Watermark = isMarked ? new PolicyWatermark { Text = "mine" } : null,
        });
        using (var seen = Show(policy, Beside, Dark, looks: true))
            _redactor.Unseen.ShouldBe(0);
        using var before = Show(policy, Beside, Dark, looks: true);
        using var frame = Show(policy, Beside, Bright, looks: false);
        _redactor.Unseen.ShouldBeInRange(0.01, 0.1);
        Rows(frame, Beside).ShouldBe(Rows(before, Beside));
    }

    [Theory]
    [InlineData(RuleEffect.Blur, true)]
    [InlineData(RuleEffect.Solid, true)]
    [InlineData(RuleEffect.Remove, true)]
    [InlineData(RuleEffect.Mosaic, false)]
    public void A_place_under_a_mask_that_leaves_nothing_of_it_needs_no_look_nor_does_what_is_round_it(RuleEffect effect, bool isSpared)
    {
        var policy = PolicySnapshot.Create(1, new RedactionPolicy { Rules = [new PolicyRule { How = new() { Effect = effect } }] });
        Show(policy, Inside, Dark, looks: true).Dispose();
        Show(policy, Inside, Bright, looks: false).Dispose();
        (_redactor.Unseen > 0).ShouldBe(!isSpared);
        _redactor.Decision.IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_place_that_reaches_out_of_a_mask_is_hidden_as_far_as_half_a_face()
    {
        var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
        var across = new PixelRect(152, 104, 48, 24);
        Show(policy, across, Dark, looks: true).Dispose();
        using var frame = Show(policy, across, Bright, looks: false);
        _redactor.Unseen.ShouldBeGreaterThan(0.01);
        frame.RowY(116)[192].ShouldBe(Dark);
    }

    /// <summary>A patterned wall with one thing on it, and a face that is followed.</summary>
    private VideoFrame Show(PolicySnapshot policy, PixelRect thing, byte brightness, bool looks)
    {
        var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 0, 128, 128);
        for (var y = 0; y < frame.Height; y++)
            for (var x = 0; x < frame.Width; x++)
                frame.RowY(y)[x] = (byte)(60 + (x / 20 * 73 + y / 20 * 151) * 37 % 90);
        for (var y = thing.Y; y < thing.Bottom; y++)
            frame.RowY(y).Slice(thing.X, thing.Width).Fill(brightness);
        _now += TimeSpan.FromMilliseconds(33);
        var mark = _sight.Follow(frame, _now);
        if (looks)
            _sight.Look(frame, "faces", new DetectedObject(Face, 0, 0.9f));
        _tracks.Set(mark, frame, [new Track(1, 0, 0, 0.9f, Face, Face, 0, 0, mark.EpochBegan, TimeSpan.Zero, Coasting: false)]);
        _redactor.Redact(frame, policy, _sight.State, _tracks);
        _redactor.Failures.ShouldBe(0);
        return frame;
    }

    private static byte[] Rows(VideoFrame frame, PixelRect part)
    {
        var rows = new List<byte>();
        for (var y = part.Y; y < part.Bottom; y++)
            rows.AddRange(frame.RowY(y).Slice(part.X, part.Width));
        return [.. rows];
    }
}
