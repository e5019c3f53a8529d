using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Detection;

public sealed class ChangeMapTests : IDisposable
{
    private const int Width = 640;
    private const int Height = 480;
    private static readonly PixelRect All = new(0, 0, Width, Height);
    private static readonly InputSize Close = new(160, 128);
    private static readonly InputSize Wide = new(320, 256);

    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private readonly LumaPyramid _picture = new();
    private readonly ChangeMap _map = new();

    public ChangeMapTests()
    {
        _frame = _pool.Rent(Width, Height);
        Paint(All, 100);
    }

    [Fact]
    public void A_picture_that_nobody_looked_at_wants_all_of_it()
    {
        Compare();
        ShouldWantAll();
    }

    [Fact]
    public void A_still_picture_wants_nothing_once_it_was_looked_at()
    {
        Settle();
        Compare();
        Next().ShouldBeNull();
    }

    [Fact]
    public void Grain_is_no_change()
    {
        Settle();
        var random = new Random(1);
        for (var y = 0; y < Height; y++)
            foreach (ref var luma in _frame.RowY(y))
                luma = (byte)(luma + random.Next(-12, 13));
        Compare();
        Next().ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(310, 230)]
    [InlineData(624, 464)]
    public void What_changes_is_looked_at_in_the_same_frame_and_closely_where_it_is_small(int x, int y)
    {
        Settle();
        var patch = new PixelRect(x, y, 16, 16);
        Paint(patch, 130);
        Compare();
        var window = Next().ShouldNotBeNull();
        (window.X <= patch.X && window.Y <= patch.Y && window.Right >= patch.Right && window.Bottom >= patch.Bottom).ShouldBeTrue();
        window.Width.ShouldBe(Close.Width);
        Next().ShouldBeNull();
    }

    [Fact]
    public void A_slow_change_counts_as_soon_as_it_has_added_up()
    {
        Settle();
        for (byte luma = 101; luma < 106; luma++)
        {
            Paint(new PixelRect(160, 160, 64, 64), luma);
            Compare();
            Next().ShouldBeNull();
        }

        Paint(new PixelRect(160, 160, 64, 64), 106);
        Compare();
        Next().ShouldNotBeNull();
    }

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

    public void Dispose()
    {
        _frame.Dispose();
        _pool.Dispose();
    }

    private static Track Face(float x, float y, float height)
    {
        var box = new BoxF(x - height / 2, y - height / 2, x + height / 2, y + height / 2);
        return new Track(1, 0, 0, 0.9f, box, box.Grow(0.1f), 0, 0, default, default, false);
    }

    private void Settle()
    {
        Compare();
        _map.Looked(All, ChangeMap.Enough, isEnlarged: false);
    }

    private PixelRect? Next() => _map.Next(Close, Wide, Width, Height);

    private void ShouldWantAll()
    {
        var seen = new bool[Width * Height];
        while (Next() is { } window)
            for (var y = window.Y; y < window.Bottom; y++)
                seen.AsSpan(y * Width + window.X, window.Width).Fill(true);
        seen.ShouldAllBe(one => one);
    }

    private void Compare(params ReadOnlySpan<Track> tracks)
    {
        _picture.Read(_frame);
        _map.Compare(_picture, tracks, 0);
    }

    private void Paint(PixelRect part, byte luma)
    {
        for (var y = part.Y; y < part.Bottom; y++)
            _frame.RowY(y).Slice(part.X, part.Width).Fill(luma);
    }
}
