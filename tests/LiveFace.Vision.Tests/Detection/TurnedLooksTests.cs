using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>What one look alone is not believed: things in the turned picture, and things as large as the picture.</summary>
public sealed class TurnedLooksTests : TurnedLooksTestBase
{
    private static readonly BoxF Box = new(300, 200, 350, 240);

    [Theory]
    [InlineData(QuarterTurns.Clockwise)]
    [InlineData(QuarterTurns.Half)]
    [InlineData(QuarterTurns.CounterClockwise)]
    public void A_face_that_lies_is_followed_and_stays_so(QuarterTurns turns)
    {
        _fake.Scene.Add(new DetectedObject(Box, 0, 0.7f, Turns: turns));
        See(15);
        _pipeline.Tracks.Length.ShouldBe(1);
        _pipeline.Tracks[0].Turns.ShouldBe(turns);
        var id = _pipeline.Tracks[0].Id;
        for (var i = 0; i < 90; i++)
        {
            See(1);
            _pipeline.Tracks.ToArray().ShouldHaveSingleItem().Id.ShouldBe(id);
        }
    }

    [Fact]
    public void What_only_the_small_turned_picture_shows_is_no_face()
    {
        _fake.Scene.Add(new DetectedObject(Box, 0, 0.54f, Turns: QuarterTurns.Half));
        for (var i = 0; i < 60; i++)
        {
            See(1);
            _pipeline.Tracks.Length.ShouldBe(0);
            _pipeline.Eyes[0].Found.Count.ShouldBe(0);
        }
    }

    [Fact]
    public void A_face_that_stands_stays_one_that_stands_whatever_the_turned_picture_shows()
    {
        _fake.Scene.Add(new DetectedObject(Box, 0, 0.6f));
        _fake.Scene.Add(new DetectedObject(Box, 0, 0.8f, Turns: QuarterTurns.Half));
        for (var i = 0; i < 60; i++)
        {
            See(1);
            var track = _pipeline.Tracks.ToArray().ShouldHaveSingleItem();
            track.Turns.ShouldBe(QuarterTurns.None);
            track.Coasting.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_face_that_turns_is_the_same_face()
    {
        _fake.Scene.Add(new DetectedObject(Box, 0, 0.8f));
        See(20);
        var id = _pipeline.Tracks.ToArray().ShouldHaveSingleItem().Id;
        _fake.Scene[0] = new DetectedObject(Box, 0, 0.8f, Turns: QuarterTurns.Clockwise);
        See(12);
        var track = _pipeline.Tracks.ToArray().ShouldHaveSingleItem();
        (track.Id, track.Turns).ShouldBe((id, QuarterTurns.Clockwise));
    }

    [Theory]
    [InlineData(0.3f, 0.9f, 2)]
    [InlineData(0.9f, 0.4f, 1)]
    public void What_the_turned_picture_shows_takes_no_place_from_what_is_seen_as_it_stands(float standing, float turned, int kept)
    {
        var found = new DetectionList();
        found.Add(new DetectedObject(Box, 0, standing));
        found.Add(new DetectedObject(Box, 0, turned, Turns: QuarterTurns.Half));
        Suppression.KeepStrongest(found, 0.4f);
        found.Count.ShouldBe(kept);
        found.Items.ToArray().ShouldContain(item => item.Turns == QuarterTurns.None);
    }

    [Fact]
    public void Every_turn_comes_at_once_in_a_new_scene_and_soon_in_a_calm_one()
    {
        See(12);
        Turns().ShouldBe([QuarterTurns.Clockwise, QuarterTurns.Half, QuarterTurns.CounterClockwise], ignoreOrder: true);
        See(30);
        _fake.Turned.Clear();
        See(30);
        Turns().ShouldBe([QuarterTurns.Clockwise, QuarterTurns.Half, QuarterTurns.CounterClockwise], ignoreOrder: true);
        _fake.Turned.Count.ShouldBeLessThan(6);
    }

    [Fact]
    public void A_turned_look_promises_nothing()
    {
        for (var i = 0; i < 40; i++)
        {
            See(1);
            var upright = 0;
            foreach (ref readonly var planned in _pipeline.Eyes[0].Plan.Windows)
                upright += planned.IsUpright ? 1 : 0;
            _pipeline.Eyes[0].Receipt.Windows.Length.ShouldBe(upright);
        }

        _fake.Turned.ShouldNotBeEmpty();
    }

    private QuarterTurns[] Turns() => [.. _fake.Turned.Distinct()];
}
