using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests;

/// <summary>Stickers that a redactor draws, and the shelf that they come from.</summary>
public sealed class RedactorStickerTests : RedactorRig
{
    [Fact]
    public void A_stickers_mark_is_drawn_over_what_is_hidden_and_follows_the_shelf()
    {
        static OverlayPicture Plain(byte grey) =>
            new(new RgbaImage(8, 8, [.. Enumerable.Range(0, 64).SelectMany(_ => new byte[] { grey, grey, grey, 255 })]));
        OverlayPicture? shelf = Plain(255);
        using var redactor = new Redactor(Pool, _ => shelf, sessionSeed: 7);
        var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with
        {
            Watermark = new PolicyWatermark { Sticker = "logo", Opacity = 1, Size = 1, Place = WatermarkPlace.Single },
        });
        (byte Middle, double Hidden) Look()
        {
            var mark = Seen("faces");
            using var frame = Picture();
            Tracks.Set(mark, frame, [Track(1, Face)]);
            redactor.Redact(frame, policy, Vision, Tracks);
            redactor.Decision.IsCovered.ShouldBeFalse();
            return (frame.RowY(Height / 2)[Width / 2], Changed(frame, Face));
        }

        Look().ShouldBe(((byte)235, 1.0));
        shelf = Plain(0);
        Look().ShouldBe(((byte)16, 1.0));
        shelf = null;
        var bare = Look();
        bare.Hidden.ShouldBe(1.0, 0.03, "the face is hidden without the mark as well");
        bare.Middle.ShouldBe(Texture(Width / 2, Height / 2));
    }

    [Fact]
    public void A_sticker_that_is_replaced_or_taken_away_is_so_from_the_next_frame_on()
    {
        static OverlayPicture Plain(byte grey) =>
            new(new RgbaImage(8, 8, [.. Enumerable.Range(0, 64).SelectMany(_ => new byte[] { grey, grey, grey, 255 })]));
        OverlayPicture? shelf = Plain(20);
        using var redactor = new Redactor(Pool, _ => shelf, sessionSeed: 7);
        var how = new RuleHow { Effect = RuleEffect.Sticker, Sticker = "one" };
        var policy = PolicySnapshot.Create(1, new RedactionPolicy
        {
            Rules = [new PolicyRule { How = how, Where = RuleWhere.Box }],
            Zones = [new PolicyZone { Box = new ZoneBox(0.5f, 0.5f, 0.25f, 0.25f), How = how }],
        });
        (byte Face, byte Zone) Middles()
        {
            var mark = Seen("faces");
            using var frame = Picture();
            Tracks.Set(mark, frame, [Track(1, Face)]);
            redactor.Redact(frame, policy, Vision, Tracks);
            return (frame.RowY((int)Face.CentreY)[(int)Face.CentreX], frame.RowY(Height * 5 / 8)[Width * 5 / 8]);
        }

        var dark = Middles();
        Middles().ShouldBe(dark);
        shelf = Plain(220);
        var bright = Middles();
        ((int)bright.Face, (int)bright.Zone).ShouldBe((dark.Face + 172, dark.Zone + 172), "from 20 to 220 in a picture's range");
        shelf = null;
        Middles().ShouldNotBe(bright);
        shelf = Plain(20);
        Middles().ShouldBe(dark);
    }
}
