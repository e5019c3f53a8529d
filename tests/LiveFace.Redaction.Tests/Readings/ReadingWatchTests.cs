using LiveFace.Vision.Attributes;

namespace LiveFace.Redaction.Tests.Readings;

/// <summary>Which face is read next, what is told of it, and when a rule may go by it.</summary>
public sealed class ReadingWatchTests : ReadingRig
{
    private static readonly TimeSpan Began = TimeSpan.FromSeconds(5.033);

    [Fact]
    public void An_adult_is_shown_from_the_third_reading_on_that_says_so()
    {
        for (var reading = 0; reading < 3; reading++)
        {
            Frame(Face(1, Here, Began));
            IsShown(1).ShouldBeFalse($"after {reading} readings");
            Read(1, Aged(40));
        }

        Frame(Face(1, Here, Began));
        IsShown(1).ShouldBeTrue();
    }

    [Fact]
    public void A_reading_that_no_other_renews_ends()
    {
        Known(40);
        var frames = 0;
        while (IsShown(1))
        {
            Frame(Face(1, Here, Began));
            (++frames).ShouldBeLessThan(200);
        }

        frames.ShouldBeInRange(60, 100);
    }

    [Fact]
    public void A_reader_that_can_make_nothing_of_it_hides_it()
    {
        Known(40);
        Read(1, null);
        Frame(Face(1, Here, Began));
        IsShown(1).ShouldBeFalse();
        Known(40);
        Read(1, new FaceReading(null, new GenderReading(FaceGender.Male, 0.9f, true), null));
        Frame(Face(1, Here, Began));
        IsShown(1).ShouldBeFalse("no age was read");
    }

    private void Known(float years)
    {
        Frame(Face(1, Here, Began));
        for (var i = 0; i < 3; i++)
            Read(1, Aged(years));
        Frame(Face(1, Here, Began));
    }
}
