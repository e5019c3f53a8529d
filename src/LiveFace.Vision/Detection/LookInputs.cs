using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// The input sizes that a model is looked through: for the whole picture finely, in small and tiny, and for windows, wide
/// and close ones. A model that takes one size only gets that for all of them.
/// </summary>
internal sealed class LookInputs
{
    private static readonly InputSize[] Fine = [new(640, 480), new(480, 360)];
    private static readonly InputSize WideArea = new(320, 240);
    private static readonly InputSize CloseArea = new(160, 120);

    // Nothing is found in a picture that was not in it, however much it is enlarged.
    private const double MostEnlarged = 2;

    private readonly InputSize _own;
    private readonly int _step;

    public LookInputs(InputSize own, int step)
    {
        _own = own;
        _step = step;
        Wide = step > 0 ? Rounded(WideArea.Width, WideArea.Height) : own;
        Close = step > 0 ? Rounded(CloseArea.Width, CloseArea.Height) : own;
    }

    /// <summary>For a window with room around what is looked for.</summary>
    public InputSize Wide { get; }

    /// <summary>For a window over one thing; a quarter of the other's cost.</summary>
    public InputSize Close { get; }

    /// <summary>For the whole picture, as small as it is looked at for what is new.</summary>
    public InputSize Small(int width, int height) => Fit(WideArea, width, height);

    /// <summary>The same for the whole picture once it is turned.</summary>
    public InputSize Small(int width, int height, QuarterTurns turns) =>
        turns.IsQuarter() ? Small(height, width) : Small(width, height);

    /// <summary>For the whole picture, just enough to hold on to what is large.</summary>
    public InputSize Tiny(int width, int height) => Fit(CloseArea, width, height);

    /// <summary>For the whole picture, the finest that costs no more than this, or the small one.</summary>
    public InputSize Finest(int width, int height, double pixels)
    {
        foreach (var area in Fine)
            if (Fit(area, width, height) is var size && size.Area <= pixels)
                return size;
        return Small(width, height);
    }

    /// <summary>For the whole picture, the smallest in which a pixel is no more than so many of the picture's, or a given one that is that fine.</summary>
    public InputSize AtLeast(InputSize given, int width, int height, double scale)
    {
        if (_step == 0 || (width <= scale * given.Width && height <= scale * given.Height))
            return given;
        var enlarged = Math.Max(scale, 1 / MostEnlarged);
        return new InputSize(Above(width / enlarged), Above(height / enlarged));
    }

    /// <summary>Every input that a plan for a picture of this size may ask for, as often as one plan may ask for it.</summary>
    public InputSize[] For(int width, int height, int windows)
    {
        if (_step == 0)
            return [.. Enumerable.Repeat(_own, windows)];
        var wholes = Fine.Select(area => Fit(area, width, height)).Append(Small(width, height)).Append(Tiny(width, height)).Distinct();
        return [.. wholes, .. Enumerable.Repeat(Wide, windows - 1), .. Enumerable.Repeat(Close, windows - 1)];
    }

    /// <summary>The inputs that turned pictures and windows are brought to.</summary>
    public InputSize[] ForTurned(int width, int height) => [Small(width, height), Small(height, width), Wide, Close];

    /// <summary>The part of a picture that an input shows so many times enlarged, no larger than the picture.</summary>
    public static InputSize Side(InputSize input, float zoom, int width, int height) => new(
        Math.Min(width, (int)(input.Width / zoom)), Math.Min(height, (int)(input.Height / zoom)));

    /// <summary>The input of about that area with the shape of the picture, no larger than the picture.</summary>
    private InputSize Fit(InputSize area, int width, int height)
    {
        if (_step == 0)
            return _own;
        var scale = Math.Min(1, Math.Sqrt(area.Area / ((double)width * height)));
        return Rounded(width * scale, height * scale);
    }

    private InputSize Rounded(double width, double height) => new(Rounded(width), Rounded(height));

    private int Above(double pixels) => Math.Max(2, (int)Math.Ceiling(pixels / _step)) * _step;

    private int Rounded(double pixels) => Math.Max(2, (int)Math.Round(pixels / _step)) * _step;
}
