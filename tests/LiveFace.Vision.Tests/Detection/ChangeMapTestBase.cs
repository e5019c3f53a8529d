using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A frame that is painted and compared with what was looked at.</summary>
public abstract class ChangeMapTestBase : IDisposable
{
    private protected const int Width = 640;
    private protected const int Height = 480;
    private protected static readonly PixelRect All = new(0, 0, Width, Height);
    private protected static readonly InputSize Close = new(160, 128);
    private static readonly InputSize Wide = new(320, 256);
    private readonly FramePool _pool = new();
    private protected readonly VideoFrame _frame;
    private readonly LumaPyramid _picture = new();
    private protected readonly ChangeMap _map = new();

    protected ChangeMapTestBase()
    {
        _frame = _pool.Rent(Width, Height);
        Paint(All, 100);
    }

    public void Dispose()
    {
        _frame.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Settle()
    {
        Compare();
        _map.Looked(All, ChangeMap.Enough, isEnlarged: false);
    }

    private protected PixelRect? Next() => _map.Next(Close, Wide, Width, Height);

    private protected void ShouldWantAll()
    {
        var seen = new bool[Width * Height];
        while (Next() is { } window)
            for (var y = window.Y; y < window.Bottom; y++)
                seen.AsSpan(y * Width + window.X, window.Width).Fill(true);
        seen.ShouldAllBe(one => one);
    }

    private protected void Compare(params ReadOnlySpan<Track> tracks)
    {
        _picture.Read(_frame);
        _map.Compare(_picture, tracks, 0);
    }

    private protected void Paint(PixelRect part, byte luma)
    {
        for (var y = part.Y; y < part.Bottom; y++)
            _frame.RowY(y).Slice(part.X, part.Width).Fill(luma);
    }
}
