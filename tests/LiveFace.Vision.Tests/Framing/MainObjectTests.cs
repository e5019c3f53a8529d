using LiveFace.Media.Frames;
using LiveFace.Vision.Framing;

namespace LiveFace.Vision.Tests.Framing;

/// <summary>Which box is the main object's, on pictures that are painted.</summary>
public sealed class MainObjectTests : IDisposable
{
    private readonly FramePool _pool = new(0);

    public void Dispose() => _pool.Dispose();

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

    [Fact]
    public void The_net_is_followed_and_named_by_what_lies_in_its_box()
    {
        using var frame = Shaded();
        Paint(frame, 40, 20, 240, 220);
        var net = new DetectedObject(new BoxF(40, 20, 240, 220), 0, 0.9f);
        var face = new DetectedObject(new BoxF(100, 40, 160, 120), 0, 0.9f);
        (DetectedObject, string) person = (new DetectedObject(new BoxF(50, 20, 220, 220), 0, 0.6f), "person"), bench = (new DetectedObject(new BoxF(240, 150, 320, 240), 1, 0.9f), "bench");

        foreach (var (faces, objects, by, name) in ((DetectedObject[], (DetectedObject, string)[], FramedBy, string?)[])
            [([face], [person, bench], FramedBy.Faces, "person"), ([], [person, bench], FramedBy.Objects, "person"), ([], [bench], FramedBy.Saliency, null)])
        {
            var main = MainObject.Choose(frame, net, faces, objects);
            (main.Box, main.By, main.Class).ShouldBe((net.Box, by, name));
        }
    }

    [Fact]
    public void The_net_is_as_certain_as_the_evidence_agrees_with_it()
    {
        using var frame = Shaded();
        Paint(frame, 60, 40, 180, 200);
        (DetectedObject, string)[] vase = [(new DetectedObject(new BoxF(60, 40, 180, 200), 0, 0.9f), "vase")];
        var agreed = MainObject.Choose(frame, new DetectedObject(new BoxF(60, 40, 180, 200), 0, 0.9f), [], vase);
        var doubted = MainObject.Choose(frame, new DetectedObject(new BoxF(200, 100, 300, 200), 0, 0.9f), [], vase);
        using var plain = _pool.Rent(320, 240);
        FrameCopy.Fill(plain, 120, 128, 128);
        var alone = MainObject.Choose(plain, new DetectedObject(new BoxF(200, 100, 300, 200), 0, 0.9f), [], []);
        agreed.Certainty.ShouldBeGreaterThan(doubted.Certainty);
        (agreed.IsUnsure, doubted.IsUnsure).ShouldBe((false, false));
        (alone.By, alone.IsUnsure).ShouldBe((FramedBy.Middle, true), "the net always answers, also where there is nothing");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 900)]
    [InlineData(900, 2)]
    public void A_picture_of_any_shape_has_an_answer_inside_of_it(int width, int height)
    {
        using var frame = _pool.Rent(width, height);
        FrameCopy.Fill(frame, 90, 128, 128);
        var box = MainObject.Choose(frame, null, [], []).Box;
        box.Intersect(new BoxF(0, 0, width, height)).ShouldBe(box);
        box.Area.ShouldBeGreaterThan(0);
    }

    /// <summary>A background that grows lighter to the right: no threshold parts it from what is in front.</summary>
    private VideoFrame Shaded()
    {
        var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 16, 128, 128);
        for (var y = 0; y < 240; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < 320; x++)
                row[x] = (byte)(40 + x / 2);
        }

        return frame;
    }

    private static void Paint(VideoFrame frame, int left, int top, int right, int bottom)
    {
        for (var y = top; y < bottom; y++)
            frame.RowY(y)[left..right].Fill(120);
        for (var y = top / 2; y < bottom / 2; y++)
        {
            frame.RowU(y)[(left / 2)..(right / 2)].Fill(90);
            frame.RowV(y)[(left / 2)..(right / 2)].Fill(190);
        }
    }
}
