using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Text;

namespace LiveFace.Redaction.Effects.Marking;

/// <summary>
/// Lays a text or a picture over the frame. The mark is drawn once for a size of frame: scaled, turned, and multiplied by its
/// strength. Per frame it is laid down row by row, which allocates nothing.
/// </summary>
public sealed class Watermark : IDisposable
{
    private const int Longest = 80;
    private const float UsualSpacing = 0.5f;

    // From a corner to the mark, as a part of the frame's shorter side.
    private const float Margin = 0.02f;

    private readonly WatermarkSettings _settings;
    private readonly LabelFont? _font;
    private readonly MarkStamp _stamp = new();
    private (int Width, int Height) _size;
    private int _across;
    private int _down;

    /// <summary>Makes a watermark of text in tiles; opacity runs from 0 (not to be seen) to 1.</summary>
    public Watermark(string text, float opacity)
        : this(new WatermarkSettings { Text = text, Opacity = opacity })
    {
    }

    /// <summary>Makes a watermark.</summary>
    /// <exception cref="DllNotFoundException">It is a text and FreeType is not installed; the message names the package.</exception>
    /// <exception cref="FileNotFoundException">It is a text and the font is not installed; the message names the package.</exception>
    public Watermark(WatermarkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings with
        {
            Text = settings.Text.Length > Longest ? settings.Text[..Longest] : settings.Text,
            Opacity = float.IsFinite(settings.Opacity) ? Math.Clamp(settings.Opacity, 0, 1) : 1,
        };
        if (settings.Picture is null)
            _font = LabelFont.Open();
    }

    /// <summary>Lays the mark over the picture.</summary>
    public void Apply(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_settings.Opacity == 0 || (_settings.Picture is null && _settings.Text.Length == 0))
            return;
        if (_size != (frame.Width, frame.Height))
            Draw(frame.Width, frame.Height);
        if (_settings.Place == WatermarkPlace.Tiled)
            Tile(frame);
        else
            Once(frame);
    }

    /// <summary>Closes the font.</summary>
    public void Dispose() => _font?.Dispose();

    private void Draw(int width, int height)
    {
        var letters = Math.Clamp(Math.Min(width, height) / 16, 8, 128) & ~1;
        var (picture, wide, high) = _settings.Picture is { } own
            ? (own, own.Width, own.Height)
            : TextPicture.Draw(_font!, _settings.Text, _settings.Colour, letters, _settings.Size * width);
        var turned = _settings.Size is { } size
            ? MarkTurn.Of(size * width, size * width / picture.Aspect, _settings.Angle)
            : MarkTurn.Of(wide, high, _settings.Angle);
        // Letters of the usual height run over the edges as they are.
        if (_settings.Size is not null || _settings.Angle != 0)
            turned = turned.Within(width, height);
        _stamp.Draw(picture, turned, _settings.Opacity, _settings.Blend);
        (_across, _down) = _settings is { Spacing: null, Size: null }
            ? (_stamp.Width + letters * 3, _stamp.Height + letters * 2)
            : (Step(_stamp.Width), Step(_stamp.Height));
        _size = (width, height);

        int Step(int side) => Math.Max(2, (int)(side * (1 + (_settings.Spacing ?? UsualSpacing))));
    }

    private void Tile(VideoFrame frame)
    {
        for (var (y, row) = (_down / 4, 0); y < frame.Height; y += _down, row++)
            for (var x = (row & 1) == 0 ? _across / 8 : _across / 8 - _across / 2; x < frame.Width; x += _across)
                _stamp.Lay(frame, x, y);
    }

    private void Once(VideoFrame frame)
    {
        var margin = (int)(Math.Min(frame.Width, frame.Height) * Margin);
        var (right, bottom) = (frame.Width - _stamp.Width, frame.Height - _stamp.Height);
        var (x, y) = _settings.Place switch
        {
            WatermarkPlace.TopLeft => (margin, margin),
            WatermarkPlace.TopRight => (right - margin, margin),
            WatermarkPlace.BottomLeft => (margin, bottom - margin),
            WatermarkPlace.BottomRight => (right - margin, bottom - margin),
            _ => (right / 2, bottom / 2),
        };
        _stamp.Lay(frame, x, y);
    }
}
