using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Tests.Rooms;

/// <summary>The measure itself: what may be called hidden, and what may not.</summary>
public sealed class LikenessTests
{
    [Fact]
    public void An_untouched_face_is_shown() => Seen(_ => { }).ShouldBe(1, 0.001);

    [Fact]
    public void Blur_and_a_solid_box_hide_it()
    {
        foreach (var effect in new EffectSettings[] { new(), new() { Kind = EffectKind.Solid } })
            Seen(frame => Hide(frame, effect)).ShouldBeLessThan(Likeness.Shown, $"{effect.Kind}");
    }

    [Fact]
    public void A_mosaic_of_24_cells_is_not_called_hidden_although_its_detail_is_gone()
    {
        var (before, after) = Pictures(frame => Hide(frame, new() { Kind = EffectKind.Mosaic, Strength = 0 }));
        Likeness.Fine(before, after, 512, 512, Portrait.Face).ShouldBeLessThan(Likeness.Shown);
        Likeness.Of(before, after, 512, 512, Portrait.Face).ShouldBeGreaterThan(Likeness.Shown);
        FaceIdentity.LikenessOf(before, after, 512, 512, Portrait.Face).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Fact]
    public void Masks_over_a_mask_hide_it_and_one_that_leaves_a_third_bare_does_not()
    {
        var face = Portrait.Face;
        var (before, after) = Pictures(frame =>
        {
            Hide(frame, new(), face);
            Hide(frame, new(), new BoxF(face.CentreX, face.Top + face.Height / 5, face.Right, face.CentreY));
            Hide(frame, new(), new BoxF(face.CentreX + face.Width / 8, face.Top + face.Height * 0.7f, face.Right - face.Width / 8, face.Bottom));
        });
        Likeness.Of(before, after, 512, 512, face).ShouldBeLessThan(Likeness.Shown);

        (before, after) = Pictures(frame => Hide(frame, new(), face with { Bottom = face.Bottom - face.Height / 3 }));
        Likeness.Of(before, after, 512, 512, face).ShouldBeGreaterThan(Likeness.Shown);
        (before, after) = Pictures(frame => Hide(frame, new(), face with { Left = face.Left + face.Width / 3 }));
        Likeness.Of(before, after, 512, 512, face).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Fact]
    public void A_face_that_is_recognised_is_shown_although_each_detail_has_changed()
    {
        // A little way off, nothing lies where it lay; it is the same face.
        const int Away = 9 * 512 + 9;
        var (before, after) = Pictures(_ => { });
        var moved = after.ToArray();
        for (var i = Away; i < moved.Length; i++)
            moved[i] = after[i - Away];
        Likeness.Of(before, moved, 512, 512, Portrait.Face).ShouldBeLessThan(Likeness.Shown);
        FaceIdentity.LikenessOf(before, moved, 512, 512, Portrait.Face).ShouldBeGreaterThan(Likeness.Shown);
    }

    private static double Seen(Action<VideoFrame> change)
    {
        var (before, after) = Pictures(change);
        return FaceIdentity.LikenessOf(before, after, 512, 512, Portrait.Face);
    }

    private static void Hide(VideoFrame frame, EffectSettings effect) => Hide(frame, effect, Portrait.Face);

    private static void Hide(VideoFrame frame, EffectSettings effect, BoxF face)
    {
        var region = new EffectRegion(
            new PixelRect((int)face.Left, (int)face.Top, (int)face.Width, (int)face.Height), RegionShape.Box, 0, null, 7);
        var hidden = new HiddenBlocks();
        hidden.Begin(frame);
        hidden.Add(frame, region);
        RegionEffects.Create(effect).Apply(frame, region, hidden);
    }

    private static (byte[] Before, byte[] After) Pictures(Action<VideoFrame> change)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(File.ReadAllBytes(Portrait.Path), pool);
        var before = Portrait.LumaOf(frame);
        change(frame);
        return (before, Portrait.LumaOf(frame));
    }
}
