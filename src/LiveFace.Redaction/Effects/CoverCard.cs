using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Text;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Covers whole pictures with a plain card that says why. A card is drawn once for each size and text and then copied.
/// Covering never depends on the text: where it cannot be written the card is plain.
/// </summary>
public sealed class CoverCard : IDisposable
{
    private const int Longest = 120;
    private static readonly YuvColor Ground = YuvColor.From(28, 30, 36);
    private static readonly YuvColor Letters = YuvColor.From(225, 228, 235);

    private readonly FramePool _pool;
    private readonly LabelFont? _font;
    private readonly TextStamp _stamp = new();
    private VideoFrame? _card;
    private string _text = "";

    /// <summary>Makes a card; the one that is in use is kept in the pool's memory.</summary>
    public CoverCard(FramePool pool)
    {
        _pool = pool;
        try
        {
            _font = LabelFont.Open();
        }
        catch (Exception error) when (error is DllNotFoundException or IOException)
        {
            Problem = error.Message;
        }
    }

    /// <summary>Why cards carry no text, where they carry none.</summary>
    internal string? Problem { get; }

    /// <summary>Covers the whole picture.</summary>
    public void Apply(VideoFrame frame, string text)
    {
        if (_card is null || _card.Width != frame.Width || _card.Height != frame.Height || !string.Equals(_text, text, StringComparison.Ordinal))
            Draw(frame.Width, frame.Height, text);
        for (var y = 0; y < frame.Height; y++)
            _card!.RowY(y).CopyTo(frame.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            _card!.RowU(y).CopyTo(frame.RowU(y));
            _card.RowV(y).CopyTo(frame.RowV(y));
        }
    }

    private void Draw(int width, int height, string text)
    {
        _card?.Dispose();
        _card = _pool.Rent(width, height);
        _text = text;
        var whole = new PixelRect(0, 0, width, height);
        FrameFill.Rectangle(_card, whole, Ground);
        if (_font is null || text.Length == 0)
            return;

        var written = text.AsSpan(0, Math.Min(text.Length, Longest));
        var pixels = Math.Clamp(Math.Min(width, height) / 12, 8, 160);
        // Long texts are written smaller, so that they fit.
        var wide = Math.Max(1, _font.Size(pixels).Measure(written));
        pixels = Math.Max(8, (int)Math.Min(pixels, pixels * 0.9 * width / wide)) & ~1;
        _stamp.Draw(_font.Size(pixels), written);
        _stamp.Lay(_card, (width - _stamp.Width) / 2, (height - _stamp.Height) / 2, Letters, whole);
    }

    /// <summary>Gives the card back to the pool and closes the font.</summary>
    public void Dispose()
    {
        _card?.Dispose();
        _card = null;
        _font?.Dispose();
    }
}
