using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Which change is looked at next, and what waits.</summary>
public sealed class ChangeTurnTests : ChangeMapTestBase
{
    [Fact]
    public void What_never_stops_changing_is_looked_at_every_fourth_time()
    {
        Settle();
        var looked = 0;
        for (var frame = 0; frame < 60; frame++)
        {
            Paint(new PixelRect(320, 320, 32, 32), (byte)(60 + frame * 37 % 120));
            Compare();
            while (Next() is { } window)
            {
                _map.Looked(window, ChangeMap.Enough, isEnlarged: false);
                if (frame >= 30)
                    looked++;
            }
        }

        looked.ShouldBeInRange(7, 8);
    }

    [Fact]
    public void Where_all_changes_and_one_window_a_frame_is_looked_at_each_place_has_its_turn()
    {
        Settle();
        var looked = new int[Width * Height];
        for (var frame = 0; frame < 40; frame++)
        {
            Paint(All, (byte)(60 + frame % 2 * 100));
            Compare();
            var window = Next().ShouldNotBeNull();
            _map.Looked(window, ChangeMap.Enough, isEnlarged: false);
            for (var y = window.Y; y < window.Bottom; y++)
                foreach (ref var times in looked.AsSpan(y * Width + window.X, window.Width))
                    times++;
        }

        looked.Min().ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void What_a_track_hides_wants_nothing_and_what_moves_beside_it_waits_for_its_turn()
    {
        Settle();
        var track = Face(320, 240, 100);
        Paint(new PixelRect(288, 208, 64, 64), 200);
        Compare(track);
        Next().ShouldBeNull();

        Paint(new PixelRect(400, 240, 32, 32), 200);
        var waited = 0;
        for (Compare(track); Next() is null; Compare(track))
            waited++;
        waited.ShouldBeInRange(1, 3);

        Paint(new PixelRect(40, 40, 32, 32), 200);
        Compare(track);
        Next().ShouldNotBeNull();
    }

    [Fact]
    public void A_look_that_is_not_quite_fine_is_repeated()
    {
        Settle();
        Paint(new PixelRect(40, 40, 32, 32), 200);
        var looks = 0;
        for (Compare(); Next() is not null; Compare(), looks++)
            _map.Looked(All, tries: 1, isEnlarged: false);
        looks.ShouldBe(ChangeMap.Enough);
    }

    [Fact]
    public void After_a_look_that_failed_everything_is_wanted_again()
    {
        Settle();
        _map.Forget();
        Compare();
        ShouldWantAll();
    }

    [Fact]
    public void Windows_leave_out_nothing_that_changed()
    {
        var random = new Random(5);
        for (var round = 0; round < 40; round++)
        {
            Paint(All, 100);
            _map.Forget();
            Settle();
            var patches = Enumerable.Range(0, random.Next(1, 9))
                .Select(_ => new PixelRect(8 * random.Next(0, 78), 8 * random.Next(0, 58), 16, 16)).ToArray();
            foreach (var patch in patches)
                Paint(patch, 180);
            Compare();
            var windows = new List<PixelRect>();
            while (Next() is { } window)
                windows.Add(window);
            windows.Count.ShouldBeLessThanOrEqualTo(16);
            foreach (var patch in patches)
                windows.ShouldContain(w => w.X <= patch.X && w.Y <= patch.Y && w.Right >= patch.Right && w.Bottom >= patch.Bottom);
        }
    }

    private static Track Face(float x, float y, float height)
    {
        var box = new BoxF(x - height / 2, y - height / 2, x + height / 2, y + height / 2);
        return new Track(1, 0, 0, 0.9f, box, box.Grow(0.1f), 0, 0, default, default, false);
    }
}
