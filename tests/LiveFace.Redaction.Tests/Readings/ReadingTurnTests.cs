using LiveFace.Redaction.Policy;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Readings;

/// <summary>Which face is read next, and what is not read at all.</summary>
public sealed class ReadingTurnTests : ReadingRig
{
    private static readonly TimeSpan Began = TimeSpan.FromSeconds(5.033);

    [Fact]
    public void The_newest_face_is_read_first_and_none_too_often()
    {
        Watch = new ReadingWatch(new ReadingOptions { PerSecond = 4 });
        var asked = new List<(int Track, TimeSpan At)>();
        for (var i = 0; i < 90; i++)
        {
            // The second comes after a second.
            if (i < 30)
                Step(Face(1, Here, Began));
            else
                Step(Face(1, Here, Began), Face(2, There, TimeSpan.FromSeconds(6)));
        }

        asked.Zip(asked.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At >= TimeSpan.FromMilliseconds(250));
        asked.Count.ShouldBeInRange(6, 12);
        asked.SkipWhile(one => one.Track == 1).Take(3).Select(one => one.Track).ShouldBe([2, 2, 2]);
        asked.Skip(6).Select(one => one.Track).ShouldContain(1, "then they take turns");

        void Step(params Track[] tracks)
        {
            Frame(tracks);
            if (Watch.TryNext(Tracks, out var next))
            {
                asked.Add((next.Id, Now));
                Read(next.Id, Aged(30));
            }
        }
    }

    [Fact]
    public void What_is_too_small_or_not_seen_is_not_read()
    {
        Frame(Face(1, new BoxF(10, 10, 30, 30), Began), Face(2, Here, Began) with { Coasting = true }, Face(3, There, Began) with { Class = 1 });
        Watch.TryNext(Tracks, out _).ShouldBeFalse();
        Frame(Face(2, Here, Began));
        Watch.TryNext(Tracks, out var next).ShouldBeTrue();
        next.Id.ShouldBe(2);
    }

    [Fact]
    public void What_was_read_goes_with_its_track_and_when_no_policy_asks()
    {
        Known(40);
        Watch.Count.ShouldBe(1);
        Frame();
        Watch.Count.ShouldBe(0);
        Frame(Face(1, Here, Began));
        (Tracks.TryReading(1, out _), IsShown(1)).ShouldBe((false, false));

        Known(40);
        Policy = PolicySnapshot.Create(2, PolicyPresets.BlurFaces);
        Frame(Face(1, Here, Began));
        Watch.Count.ShouldBe(0);
        Watch.TryNext(Tracks, out _).ShouldBeFalse("nothing is read unless it is asked for");
    }

    [Fact]
    public void No_garbage_is_made_for_a_frame()
    {
        var tracks = Enumerable.Range(1, 20).Select(id => Face(id, Here.Move(id, 0), Began)).ToArray();
        for (var i = 0; i < 50; i++)
            Frame(tracks);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Frame(tracks);
            Watch.TryNext(Tracks, out var next);
            Read(next.Id, Aged(30));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100);
    }

    private void Known(float years)
    {
        Frame(Face(1, Here, Began));
        for (var i = 0; i < 3; i++)
            Read(1, Aged(years));
        Frame(Face(1, Here, Began));
    }
}
