using LiveFace.Media.Frames;
using LiveFace.Vision.Framing;

namespace LiveFace.Vision.Tests.Framing;

/// <summary>Which box is the main object's, on pictures that are painted.</summary>
public sealed class MainObjectTests : MainObjectTestBase
{
    [Theory]
    [InlineData(60, 40, 180, 200)]
    [InlineData(200, 100, 300, 160)]
    public void What_stands_out_before_a_background_that_grows_lighter_is_framed(int left, int top, int right, int bottom)
    {
        using var frame = Shaded();
        Paint(frame, left, top, right, bottom);
        var main = MainObject.Choose(frame, null, [], []);
        main.By.ShouldBe(FramedBy.Saliency);
        main.Box.IntersectionOverUnion(new BoxF(left, top, right, bottom)).ShouldBeGreaterThan(0.7f);
    }

    [Fact]
    public void Where_nothing_stands_out_it_is_the_middle_and_unsure()
    {
        using var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 120, 128, 128);
        var main = MainObject.Choose(frame, null, [], []);
        (main.By, main.IsUnsure).ShouldBe((FramedBy.Middle, true));
        main.Box.CentreX.ShouldBe(160, 0.1);
        main.Box.CentreY.ShouldBe(120, 0.1);
    }

    [Fact]
    public void An_object_that_stands_out_is_chosen_over_a_surer_one_at_the_edge_and_takes_its_kind_with_it()
    {
        using var frame = Shaded();
        Paint(frame, 80, 60, 150, 180);
        Paint(frame, 160, 60, 230, 180);
        var main = MainObject.Choose(frame, null, [],
            [(new DetectedObject(new BoxF(80, 60, 150, 180), 16, 0.6f), "dog"), (new DetectedObject(new BoxF(160, 60, 230, 180), 16, 0.5f), "dog"),
                (new DetectedObject(new BoxF(0, 200, 60, 240), 56, 0.7f), "chair")]);
        (main.By, main.Class).ShouldBe((FramedBy.Objects, "dog"));
        main.Box.ShouldBe(new BoxF(80, 60, 230, 180));
        main.IsUnsure.ShouldBeFalse();
    }

    [Fact]
    public void A_person_with_a_face_goes_before_a_thing_that_is_a_little_surer()
    {
        using var frame = Shaded();
        var face = new DetectedObject(new BoxF(205, 70, 245, 115), 0, 0.9f);
        (DetectedObject, string)[] things =
            [(new DetectedObject(new BoxF(180, 60, 270, 240), 0, 0.6f), "person"), (new DetectedObject(new BoxF(20, 60, 110, 240), 13, 0.65f), "bench")];
        MainObject.Choose(frame, null, [], things).Class.ShouldBe("bench");
        var main = MainObject.Choose(frame, null, [face], things);
        (main.By, main.Class, main.Box).ShouldBe((FramedBy.Faces, "person", new BoxF(180, 60, 270, 240)));
    }

    [Fact]
    public void A_face_alone_is_framed_with_its_shoulders_within_the_picture()
    {
        using var frame = Shaded();
        var main = MainObject.Choose(frame, null, [new DetectedObject(new BoxF(140, 20, 200, 100), 0, 0.9f)], []);
        main.By.ShouldBe(FramedBy.Faces);
        main.Box.Left.ShouldBeLessThan(140);
        main.Box.Bottom.ShouldBeGreaterThan(180);
        main.Box.Intersect(new BoxF(0, 0, 320, 240)).ShouldBe(main.Box);
    }
}
