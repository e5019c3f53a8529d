using System.Globalization;
using System.Net;
using System.Text;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>A report as a page of its own, without scripts: to read, to print, to keep.</summary>
internal static class ReportPage
{
    private const string Head = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>LiveFace report</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc}
        code{word-break:break-all}figure{display:inline-block;margin:0 1rem 1rem 0;font-size:.85rem}figure img{display:block;max-width:240px}</style>
        """;

    public static string Write(JobReport report, string hash)
    {
        var page = new StringBuilder(Head);
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(ReportSections.TitleOf(report))}</h1>");
        foreach (var section in ReportSections.Of(report, hash))
            Add(page, section);
        return page.Append("</html>").ToString();
    }

    private static void Add(StringBuilder page, ReportSection section)
    {
        if (section.Title is { } title)
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2>");
        if (section.Facts.Count > 0)
        {
            page.Append("<table>");
            foreach (var (name, value) in section.Facts)
                page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(name)}<td><code>{Text(value)}</code>");
            page.Append("</table>");
        }

        foreach (var picture in section.Pictures)
            page.Append(CultureInfo.InvariantCulture,
                $"<figure>{(picture.Jpeg is { } jpeg ? $"<img alt=\"redacted\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}\">" : "")}<figcaption>{Text(picture.First)}<br>{Text(picture.Second)}</figcaption></figure>");
        foreach (var line in section.Lines)
            page.Append(CultureInfo.InvariantCulture, $"<p><code>{Text(line)}</code>");
        if (section.IsEmpty && section.Otherwise is { } otherwise)
            page.Append(CultureInfo.InvariantCulture, $"<p>{Text(otherwise)}");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
