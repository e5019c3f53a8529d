using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Windows of one input size that go round the picture, from look to look. Neighbours share a quarter, so that what is cut by one
/// window's edge lies whole in the next.
/// </summary>
internal sealed class LookScan(InputSize input)
{
    private (int Width, int Height) _picture;
    private InputSize _side;
    private int _across;
    private int _last;

    /// <summary>What each window is looked at in.</summary>
    public InputSize Input { get; } = input;

    /// <summary>How many windows show all of the picture.</summary>
    public int Tiles { get; private set; }

    /// <summary>The window whose turn it is.</summary>
    public PixelRect Next
    {
        get
        {
            var next = (_last + 1) % Tiles;
            return new PixelRect(
                Place(next % _across, _across, _picture.Width, _side.Width), Place(next / _across, Tiles / _across, _picture.Height, _side.Height),
                _side.Width, _side.Height);
        }
    }

    /// <summary>Goes on in a picture of this size, enlarged so far.</summary>
    public void Begin(int width, int height, float zoom)
    {
        _picture = (width, height);
        _side = LookInputs.Side(Input, zoom, width, height);
        _across = Steps(width, _side.Width);
        Tiles = _across * Steps(height, _side.Height);
    }

    /// <summary>The next window has had its turn.</summary>
    public void Advance() => _last = (_last + 1) % Tiles;

    private static int Steps(int side, int window) =>
        side <= window ? 1 : 1 + (int)Math.Ceiling((side - window) / (window * 0.75));

    private static int Place(int index, int count, int side, int window) =>
        count == 1 ? 0 : index * (side - window) / (count - 1);
}
