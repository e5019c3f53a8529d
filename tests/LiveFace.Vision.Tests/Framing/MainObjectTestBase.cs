using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Framing;

/// <summary>Pictures in which something stands out.</summary>
public abstract class MainObjectTestBase : IDisposable
{
    private protected readonly FramePool _pool = new(0);

    public void Dispose()
    {
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A background that grows lighter to the right: no threshold parts it from what is in front.</summary>
    private protected VideoFrame Shaded()
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

    private protected static void Paint(VideoFrame frame, int left, int top, int right, int bottom)
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
