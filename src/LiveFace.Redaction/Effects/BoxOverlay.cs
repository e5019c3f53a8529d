using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Text;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Draws boxes with labels into the picture. It hides nothing. Lines and letters grow with the picture, so that they
/// look the same at each size.
/// </summary>
public sealed class BoxOverlay : IDisposable
{
    private const int Longest = 80;

    private readonly LabelFont _font;
    private readonly TextStamp _stamp = new();

    /// <summary>Makes an overlay with the label font.</summary>
    /// <exception cref="DllNotFoundException">FreeType is not installed; the message names the package.</exception>
    /// <exception cref="FileNotFoundException">The font is not installed; the message names the package.</exception>
    public BoxOverlay() => _font = LabelFont.Open();

    /// <summary>
    /// Draws one box and, unless it is empty, its label above it (or inside it, where there is no room above).
    /// </summary>
    public void Draw(VideoFrame frame, PixelRect bounds, RgbColor colour, ReadOnlySpan<char> label)
    {
        if (bounds.IsEmpty)
            return;
        var line = Math.Max(2, Math.Min(frame.Width, frame.Height) / 200 & ~1);
        var box = Snap(bounds, frame);
        var ink = YuvColor.From(colour);
        FrameFill.Rectangle(frame, new PixelRect(box.X, box.Y, box.Width, line), ink);
        FrameFill.Rectangle(frame, new PixelRect(box.X, box.Bottom - line, box.Width, line), ink);
        FrameFill.Rectangle(frame, new PixelRect(box.X, box.Y, line, box.Height), ink);
        FrameFill.Rectangle(frame, new PixelRect(box.Right - line, box.Y, line, box.Height), ink);
        if (!label.IsEmpty)
            Label(frame, box, ink, label.Length > Longest ? label[..Longest] : label);
    }

    private void Label(VideoFrame frame, PixelRect box, YuvColor ground, ReadOnlySpan<char> label)
    {
        var glyphs = _font.Size(Math.Clamp(Math.Min(frame.Width, frame.Height) / 30, 11, 64) & ~1);
        _stamp.Draw(glyphs, label);
        var width = _stamp.Width + 6;
        var above = box.Y - _stamp.Height;
        var plate = new PixelRect(
            Math.Clamp(box.X, 0, Math.Max(0, frame.Width - width)) & ~1, above >= 0 ? above : Math.Max(box.Y, 0), width, _stamp.Height);
        FrameFill.Rectangle(frame, plate, ground);
        // Whatever reads better on the plate.
        var letters = YuvColor.From(ground.Y > 130 ? RgbColor.Black : RgbColor.White);
        _stamp.Lay(frame, plate.X + 2, plate.Y, letters, plate);
    }

    /// <summary>Even edges, never so far outside that a line could be seen to be missing inside.</summary>
    private static PixelRect Snap(PixelRect bounds, VideoFrame frame)
    {
        const int Far = 64;
        var left = Math.Clamp(bounds.X, -Far, frame.Width + Far) & ~1;
        var top = Math.Clamp(bounds.Y, -Far, frame.Height + Far) & ~1;
        var right = (int)Math.Clamp((long)bounds.X + bounds.Width, left, frame.Width + Far) + 1 & ~1;
        var bottom = (int)Math.Clamp((long)bounds.Y + bounds.Height, top, frame.Height + Far) + 1 & ~1;
        return new PixelRect(left, top, right - left, bottom - top);
    }

    /// <summary>Closes the font.</summary>
    public void Dispose() => _font.Dispose();
}
