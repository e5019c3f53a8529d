using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Text;

namespace LiveFace.Redaction.Effects;

/// <summary>Lays a text over the whole picture in tiles, each second row moved by half a tile.</summary>
public sealed class Watermark : IDisposable
{
    private const int Longest = 80;
    private static readonly YuvColor White = YuvColor.From(RgbColor.White);

    private readonly string _text;
    private readonly byte _strength;
    private readonly LabelFont _font;
    private readonly TextStamp _stamp = new();
    private int _pixels;

    /// <summary>Makes a watermark; opacity runs from 0 (not to be seen) to 1.</summary>
    /// <exception cref="DllNotFoundException">FreeType is not installed; the message names the package.</exception>
    /// <exception cref="FileNotFoundException">The font is not installed; the message names the package.</exception>
    public Watermark(string text, float opacity)
    {
        _text = text.Length > Longest ? text[..Longest] : text;
        _strength = float.IsFinite(opacity) ? (byte)(Math.Clamp(opacity, 0, 1) * 255 + 0.5f) : (byte)255;
        _font = LabelFont.Open();
    }

    /// <summary>Lays the text over the picture.</summary>
    public void Apply(VideoFrame frame)
    {
        if (_text.Length == 0 || _strength == 0)
            return;
        var pixels = Math.Clamp(Math.Min(frame.Width, frame.Height) / 16, 8, 128) & ~1;
        if (pixels != _pixels)
            _stamp.Draw(_font.Size(_pixels = pixels), _text, _strength);

        var across = _stamp.Width + pixels * 3;
        var down = _stamp.Height + pixels * 2;
        var whole = new PixelRect(0, 0, frame.Width, frame.Height);
        for (var (y, row) = (down / 4, 0); y < frame.Height; y += down, row++)
            for (var x = (row & 1) == 0 ? across / 8 : across / 8 - across / 2; x < frame.Width; x += across)
                _stamp.Lay(frame, x, y, White, whole);
    }

    /// <summary>Closes the font.</summary>
    public void Dispose() => _font.Dispose();
}
