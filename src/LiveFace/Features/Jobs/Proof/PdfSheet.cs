using System.Globalization;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>Writes from the top of a page to its bottom, and goes on with the next one.</summary>
internal sealed class PdfSheet : IDisposable
{
    public const int PicturesARow = 3;

    private const string Family = "DejaVu Sans";
    private const double Margin = 48, Gap = 10, NameWidth = 130, LineHeight = 1.35;

    private readonly PdfDocument _document;
    private readonly XFont _title = new(Family, 18, XFontStyleEx.Bold);
    private readonly XFont _heading = new(Family, 12, XFontStyleEx.Bold);
    private readonly XFont _bold = new(Family, 8.5, XFontStyleEx.Bold);
    private readonly XFont _plain = new(Family, 8.5, XFontStyleEx.Regular);
    private PdfPage? _page;
    private XGraphics? _paper;
    private double _y;

    public PdfSheet(PdfDocument document, string title)
    {
        _document = document;
        Need(double.MaxValue);
        Text(title, _title, Margin, Width, Room(_title));
        _y += Gap;
    }

    private double Width => _page!.Width.Point - 2 * Margin;

    public void Dispose() => _paper?.Dispose();

    public void Heading(string text)
    {
        _y += Gap;
        // A heading does not stand alone at the bottom.
        Text(text, _heading, Margin, Width, 4 * Room(_heading));
        _y += Gap / 3;
    }

    public void Line(string text)
    {
        Text(text, _plain, Margin, Width, Room(_plain));
        _y += Gap / 3;
    }

    public void Fact(string name, string value)
    {
        var (left, right) = (Lines(name, _bold, NameWidth - Gap).ToList(), Lines(value, _plain, Width - NameWidth).ToList());
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            Need(Room(_plain));
            if (i < left.Count)
                _paper!.DrawString(left[i], _bold, XBrushes.Black, new XPoint(Margin, _y + _bold.Size));
            if (i < right.Count)
                _paper!.DrawString(right[i], _plain, XBrushes.Black, new XPoint(Margin + NameWidth, _y + _plain.Size));
            _y += Room(_plain);
        }

        _paper!.DrawLine(XPens.LightGray, Margin, _y + 1, Margin + Width, _y + 1);
        _y += 4;
    }

    public void Pictures(IReadOnlyList<ReportPicture> row)
    {
        var wide = (Width - (PicturesARow - 1) * Gap) / PicturesARow;
        var images = row.Select(picture => picture.Jpeg is { } jpeg ? XImage.FromStream(new MemoryStream(jpeg)) : null).ToArray();
        try
        {
            var high = images.Max(image => image is null ? 0 : wide * image.PixelHeight / image.PixelWidth);
            Need(high + 3 * Room(_plain));
            var (top, bottom) = (_y, _y);
            for (var i = 0; i < row.Count; i++)
            {
                var x = Margin + i * (wide + Gap);
                if (images[i] is { } image)
                    _paper!.DrawImage(image, x, top, wide, wide * image.PixelHeight / image.PixelWidth);
                _y = top + high + 2;
                foreach (var text in (string[])[row[i].First, row[i].Second])
                    Text(text, _plain, x, wide, 0);
                bottom = Math.Max(bottom, _y);
            }

            _y = bottom + Gap;
        }
        finally
        {
            foreach (var image in images)
                image?.Dispose();
        }
    }

    private static double Room(XFont font) => font.Size * LineHeight;

    /// <summary>Text in lines of a width; what has no spaces is broken where it must be.</summary>
    private void Text(string text, XFont font, double x, double width, double atLeast)
    {
        Need(atLeast);
        foreach (var line in Lines(text, font, width))
        {
            Need(Room(font));
            _paper!.DrawString(line, font, XBrushes.Black, new XPoint(x, _y + font.Size));
            _y += Room(font);
        }
    }

    private IEnumerable<string> Lines(string text, XFont font, double width)
    {
        // A character that a font has in two halves is not taken apart.
        int[] starts = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        var (begin, space) = (0, 0);
        for (var i = 0; i + 1 < starts.Length; i++)
        {
            if (starts[i] > begin && text[starts[i]] == ' ')
                space = starts[i];
            if (starts[i] == begin || _paper!.MeasureString(text[begin..starts[i + 1]], font).Width <= width)
                continue;
            var end = space > begin ? space : starts[i];
            yield return text[begin..end];
            begin = end == space ? end + 1 : end;
        }

        yield return text[begin..];
    }

    private void Need(double height)
    {
        if (_page is not null && _y + height <= _page.Height.Point - Margin)
            return;
        _paper?.Dispose();
        _page = _document.AddPage();
        _page.Size = PageSize.A4;
        _paper = XGraphics.FromPdfPage(_page);
        _y = Margin;
    }
}
