using LiveFace.Media.Frames;
using LiveFace.Vision.Framing;

namespace LiveFace.Vision.Tests.Framing;

/// <summary>The net that names the main object, and the evidence beside it.</summary>
public sealed class MainObjectNetTests : MainObjectTestBase
{
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
}
