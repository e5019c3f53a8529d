using LiveFace.Films.Boxes;
using LiveFace.Films.Links;
using LiveFace.Films.Tests.Boxes;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Tests.Links;

public sealed class LinkingTests
{
    private const int Width = 320, Height = 240, Side = 40;

    [Fact]
    public void A_thing_that_is_found_now_and_then_is_one_track_with_boxes_between()
    {
        var film = Film(30, picture => picture is 3 or 4 or 5 or 6 or 12 or 13 or 20 or 25 ? [(Moving(picture), 0.9f)] : []);
        var track = FilmLinker.Link(film).ShouldHaveSingleItem();
        (track.First, track.Last).ShouldBe((3, 25));
        for (var i = 3; i <= 25; i++)
        {
            track[i].Origin.ShouldBe(i is 3 or 4 or 5 or 6 or 12 or 13 or 20 or 25 ? BoxOrigin.Seen : BoxOrigin.Between);
            track[i].Box.IntersectionOverUnion(Moving(i)).ShouldBeGreaterThan(0.95f, $"picture {i}");
            track[i].Doubt.ShouldBe(track[i].Origin == BoxOrigin.Seen ? 0 : track[i].Doubt);
        }

        track[9].Doubt.ShouldBeGreaterThan(track[7].Doubt);
        track.Doubt.ShouldBe(1 - 8 * 0.9f / 23, 0.001f);
    }

    [Fact]
    public void Two_things_that_cross_keep_their_tracks()
    {
        var film = Film(40, picture => [(At(20 + 6 * picture, 100), 0.9f), (At(260 - 6 * picture, 110), 0.8f)]);
        var tracks = FilmLinker.Link(film);
        tracks.Count.ShouldBe(2);
        foreach (var track in tracks)
        {
            (track.First, track.Last).ShouldBe((0, 39));
            MathF.Abs(track[39].Box.CentreX - track[0].Box.CentreX).ShouldBeGreaterThan(200);
        }
    }

    [Fact]
    public void A_cut_ends_what_was_followed()
    {
        var film = Film(20, _ => [(At(100, 100), 0.9f)], cut: 10);
        FilmLinker.Link(film).Select(track => (track.First, track.Last)).ShouldBe([(0, 9), (10, 19)]);
    }

    [Fact]
    public void What_would_be_hidden_by_itself_stands_and_what_is_weak_stands_beside_it_alone()
    {
        // A weak find on the way of a sure one is one with it; a weak one alone is nobody, a sure one alone is in its picture.
        var film = Film(30, picture => picture switch
        {
            8 or 9 => [(Moving(picture), 0.22f)],
            10 => [(Moving(picture), 0.9f)],
            20 => [(At(10, 180), 0.22f)],
            25 => [(At(200, 180), 0.6f)],
            _ => [],
        });
        FilmLinker.Link(film).Select(track => (track.First, track.Last)).ShouldBe([(8, 10), (25, 25)]);
    }

    [Fact]
    public void A_row_that_is_seldom_seen_is_believed_only_where_it_is_sure()
    {
        // Seen weakly all the time and surely once: something in the background, and not a face.
        var film = Film(60, picture => [(At(100, 100), picture == 30 ? 0.45f : 0.15f)]);
        FilmLinker.Link(film).Select(track => (track.First, track.Last)).ShouldBe([(30, 30)]);
    }

    [Fact]
    public void A_large_row_has_to_be_surer_than_a_small_one()
    {
        // All of it is seen in each picture, as sure as a tenth above half of what would hide it by itself.
        var film = Film(30, picture => [(At(100, 100), picture == 3 ? 0.5f : 0.25f), (Large, picture == 3 ? 0.7f : 0.4f)]);
        FilmLinker.Link(film).Select(track => (track.First, track.Last, track.Score)).ShouldBe([(0, 29, 0.5f), (3, 3, 0.7f)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_small_lone_find_of_a_thorough_look_is_followed_and_a_large_one_is_not(bool isSmall, bool isFollowed)
    {
        var film = Film(30, picture => picture == 10 ? [(isSmall ? Small(picture) : Moving(picture), 0.4f)] : [], thorough: 10);
        var track = FilmLinker.Link(film).ShouldHaveSingleItem();
        using var pool = new FramePool();
        var carrier = new TrackCarrier(film, [track]);
        for (var i = 0; i < 30; i++)
        {
            using var frame = Paint(pool, i, gone: false);
            carrier.Take(frame);
        }

        (track.First < 10 && track.Last > 10).ShouldBe(isFollowed);
    }

    [Fact]
    public void What_every_look_is_sure_of_is_a_track_however_large_it_is()
    {
        var all = new BoxF(0, 0, Width, Height);
        FilmLinker.Link(Film(20, _ => [(all, 0.85f)], thorough: 0)).ShouldHaveSingleItem().Last.ShouldBe(19);
    }

    [Fact]
    public void Tracks_are_followed_to_before_their_first_find_behind_their_last_and_across_gaps()
    {
        const int last = 59;
        var film = Film(last + 1, picture => picture is 20 or 21 or 22 or 34 or 35 or 36 ? [(Moving(picture), 0.9f)] : []);
        var tracks = FilmLinker.Link(film, new LinkOptions { LongestGap = 1 });
        var track = tracks.ShouldHaveSingleItem();
        using var pool = new FramePool();
        var carrier = new TrackCarrier(film, tracks, new LinkOptions { LongestCarry = 0.5f });
        for (var i = 0; i <= last; i++)
        {
            using var frame = Paint(pool, i, gone: i is 0 or 1 or 2 or 3 or 4 or 5 or 6 or > 50);
            carrier.Take(frame);
        }

        // Half a second at 30 pictures a second back and on.
        track.First.ShouldBeInRange(5, 7);
        track.Last.ShouldBeInRange(50, 52);
        for (var i = 7; i <= 50; i++)
        {
            track[i].Cover.Intersect(Moving(i)).Area.ShouldBeGreaterThan(0.9f * Side * Side, $"picture {i}");
            track[i].Cover.Area.ShouldBeLessThan(3 * Side * Side);
        }

        track[15].Origin.ShouldBe(BoxOrigin.Carried);
        track[28].Origin.ShouldBe(BoxOrigin.Between);
    }

    [Fact]
    public void A_track_is_not_followed_over_a_cut()
    {
        var film = Film(30, picture => picture is >= 12 and < 18 ? [(Moving(picture), 0.9f)] : [], cut: 10);
        var tracks = FilmLinker.Link(film);
        using var pool = new FramePool();
        var carrier = new TrackCarrier(film, tracks);
        for (var i = 0; i < 30; i++)
        {
            using var frame = Paint(pool, i, gone: false);
            carrier.Take(frame);
        }

        tracks.ShouldHaveSingleItem().First.ShouldBe(10);
    }

    private static BoxF At(float x, float y) => new(x, y, x + Side, y + Side);

    /// <summary>A part of what moves.</summary>
    private static BoxF Small(int picture) => Moving(picture) is var box ? new BoxF(box.Left + 4, box.Top + 4, box.Left + 18, box.Top + 18) : default;

    /// <summary>Half as wide and as high as the picture.</summary>
    private static BoxF Large => new(150, 60, 310, 180);

    private static BoxF Moving(int picture) => At(20 + 3 * picture, 60 + 1.5f * picture);

    private static FilmFinds Film(int pictures, Func<int, (BoxF Box, float Score)[]> found, int cut = -1, int thorough = -1)
    {
        var finds = new FilmFinds();
        var head = SampleBoxes.Head(width: Width, height: Height);
        for (var i = 0; i < pictures; i++)
        {
            var picture = new BoxPicture();
            picture.Begin(i, TimeSpan.FromSeconds(i / 30.0), (ulong)i, i == cut);
            picture.Looks.Add(new BoxLook(0, 16, i == thorough, 0.5f, DetectionVerdict.Seen));
            foreach (var (box, score) in found(i))
                picture.Found.Add(new BoxFind(0, 0, score, box));
            finds.Add(picture, head);
        }

        return finds;
    }

    /// <summary>A chequered thing that moves over a ground with a pattern.</summary>
    private static VideoFrame Paint(FramePool pool, int picture, bool gone)
    {
        var frame = pool.Rent(Width, Height);
        FrameCopy.Fill(frame, 90, 128, 128);
        var box = Moving(picture);
        for (var y = 0; y < Height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < Width; x++)
            {
                row[x] = (byte)(90 + (x * 7 + y * 13) % 23);
                var (left, top) = (x - (int)box.Left, y - (int)box.Top);
                if (!gone && left is >= 0 and < Side && top is >= 0 and < Side)
                    row[x] = (byte)(60 + (left / 5 * 37 + top / 7 * 61) % 150);
            }
        }

        return frame;
    }
}
