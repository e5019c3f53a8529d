using LiveFace.Vision.Identity;

namespace LiveFace.Vision.Tests.Identity;

/// <summary>Which pictures somebody may be enrolled by.</summary>
public sealed class FaceEnrolmentTests
{
    private static readonly FaceQuality Good = new(Sharpness: 0.5f, Yaw: 0, Pitch: 0.5f, Roll: 0, Brightness: 120, Contrast: 45);

    [Fact]
    public void A_sharp_face_from_the_front_that_is_large_enough_does() => FaceEnrolment.Problem(Good, 150).ShouldBeNull();

    [Theory]
    [InlineData("size", 60)]
    [InlineData("size", float.NaN)]
    [InlineData("sharpness", 0.01f)]
    [InlineData("sharpness", float.NaN)]
    [InlineData("yaw", 0.5f)]
    [InlineData("yaw", -0.5f)]
    [InlineData("yaw", float.NaN)]
    [InlineData("pitch", 0.05f)]
    [InlineData("pitch", 0.95f)]
    [InlineData("roll", 60)]
    [InlineData("roll", float.NaN)]
    [InlineData("brightness", 8)]
    [InlineData("brightness", 250)]
    [InlineData("contrast", 3)]
    public void A_face_that_is_not_is_refused(string what, float value)
    {
        var seen = what switch
        {
            "sharpness" => Good with { Sharpness = value },
            "yaw" => Good with { Yaw = value },
            "pitch" => Good with { Pitch = value },
            "roll" => Good with { Roll = value },
            "brightness" => Good with { Brightness = value },
            "contrast" => Good with { Contrast = value },
            _ => Good,
        };
        FaceEnrolment.Problem(seen, what == "size" ? value : 150).ShouldNotBeNull();
    }

    [Fact]
    public void Pictures_that_show_somebody_else_and_one_picture_twice_are_named()
    {
        var (me, meToo, meAgain, other) = (Look(0.9f, 0.1f), Look(0.9f, 0.3f), Look(0.9f, -0.2f), Look(0, 1));
        FaceEnrolment.Disagreeing([me, meToo, meAgain]).ShouldBeNull();
        FaceEnrolment.Disagreeing([me, meToo, me])!.Value.Picture.ShouldBe(2);
        FaceEnrolment.Disagreeing([me, meToo, meAgain, other])!.Value.Picture.ShouldBe(3);
    }

    [Fact]
    public void A_template_is_read_back_as_it_was_written_and_what_is_none_is_not_read()
    {
        var template = FaceTemplate.Of([Look(0.8f, 0.2f), Look(0.8f, -0.1f)]);
        var kept = template.ToBytes();
        FaceTemplate.TryRead(kept).ShouldNotBeNull().Likeness(Look(0.8f, 0.2f)).ShouldBe(template.Likeness(Look(0.8f, 0.2f)), 1e-6f);
        FaceTemplate.TryRead(kept.AsSpan(1)).ShouldBeNull();
        FaceTemplate.TryRead(new byte[FaceTemplate.Bytes]).ShouldBeNull();
        kept.AsSpan().Fill(0xFF);
        FaceTemplate.TryRead(kept).ShouldBeNull("not a number");
        template.Forget();
        template.Likeness(Look(0.8f, 0.2f)).ShouldBe(0);
        Should.Throw<ArgumentException>(() => FaceTemplate.Of([]));
    }

    private static FaceEmbedding Look(float first, float second)
    {
        var values = new float[FaceEmbedding.Length];
        (values[0], values[1]) = (first, second);
        var look = new FaceEmbedding();
        look.TrySet(values).ShouldBeTrue();
        return look;
    }
}
