using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>A report as a PDF of A4 pages, with its fonts in it: to file and to print.</summary>
internal static class ReportPdf
{
    private static readonly Lock Setting = new();

    /// <summary>Writes it.</summary>
    /// <exception cref="FileNotFoundException">No font is installed.</exception>
    public static byte[] Write(JobReport report, string hash)
    {
        lock (Setting)
            GlobalFontSettings.FontResolver ??= new ReportFonts();
        using var document = new PdfDocument();
        document.Info.Title = ReportSections.TitleOf(report);
        document.Info.Subject = $"SHA-256 of the report: {hash}";
        document.Info.Creator = "LiveFace";
        document.Info.CreationDate = report.Finished.UtcDateTime;
        using (var sheet = new PdfSheet(document, ReportSections.TitleOf(report)))
            foreach (var section in ReportSections.Of(report, hash))
                Add(sheet, section);
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private static void Add(PdfSheet sheet, ReportSection section)
    {
        if (section.Title is { } title)
            sheet.Heading(title);
        foreach (var (name, value) in section.Facts)
            sheet.Fact(name, value);
        foreach (var row in section.Pictures.Chunk(PdfSheet.PicturesARow))
            sheet.Pictures(row);
        foreach (var line in section.Lines)
            sheet.Line(line);
        if (section.IsEmpty && section.Otherwise is { } otherwise)
            sheet.Line(otherwise);
    }

    private sealed class ReportFonts : IFontResolver
    {
        private static readonly string[] Folders = ["/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu"];

        public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");

        public byte[] GetFont(string faceName) => File.ReadAllBytes(
            Array.Find([.. Folders.Select(folder => Path.Combine(folder, faceName))], File.Exists) ?? throw new FileNotFoundException(
                $"{faceName} is not installed, so no PDF can be written. On Debian or Ubuntu: apt-get install fonts-dejavu-core."));
    }
}
