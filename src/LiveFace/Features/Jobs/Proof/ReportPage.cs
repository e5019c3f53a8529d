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
        page.Append(CultureInfo.InvariantCulture, $"<h1>Report on {Text(report.Name)}</h1><table>");
        Row(page, "Job", report.Job);
        Row(page, "Uploaded", $"{report.Uploaded.At:u} by {report.Uploaded.By}");
        Row(page, "Signed off", report.SignedOff ?? "nobody reviewed it");
        Row(page, "Finished", $"{report.Finished:u}");
        Row(page, "Input", $"{report.Input.Bytes} bytes{(report.Input.Film is { } film ? $", {film.Width}×{film.Height}, {film.Container}, {film.Codec}" : "")}");
        Row(page, "Input, SHA-256", report.Input.Sha256 ?? "unknown");
        Row(page, "Result", $"{report.Output.Bytes} bytes, {report.Output.Type}, {report.Output.Pictures} pictures");
        Row(page, "Result, SHA-256", report.Output.Sha256);
        Row(page, "Hidden tracks", $"{report.Output.Tracks}");
        Row(page, "Covered pictures", $"{report.Output.Covered}, to which a complete look was missing");
        Row(page, "Looks at the result", $"{report.Output.Rounds}; they found {string.Join(", ", report.Output.FoundAgain)} more places; {report.Output.Left} are left that the last was sure of");
        Row(page, "Audit log", $"line {report.Audit.Line}, {report.Audit.Hash}");
        Row(page, "Report, SHA-256", hash);
        page.Append("</table><h2>Models</h2><table>");
        foreach (var model in report.Models)
            Row(page, $"{model.Name}: {model.Id}", model.Sha256 ?? "unknown");
        page.Append("</table><h2>Least certain</h2>");
        if (report.LeastCertain.Count == 0)
            page.Append("<p>Nothing was in doubt, or nothing was found.");
        foreach (var doubt in report.LeastCertain)
            page.Append(CultureInfo.InvariantCulture,
                $"<figure>{(doubt.Jpeg is { } jpeg ? $"<img alt=\"redacted\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}\">" : "")}<figcaption>{Text(doubt.Class)} {doubt.Track}, {doubt.At:0.00} s<br>doubt {doubt.Doubt:0.00}, score {doubt.Score:0.00}</figcaption></figure>");
        page.Append("<h2>Edits</h2>");
        if (report.Edits.Count == 0)
            page.Append("<p>None.");
        foreach (var edit in report.Edits)
            page.Append(CultureInfo.InvariantCulture, $"<p><code>{Text(edit.ToJsonString())}</code>");
        page.Append(CultureInfo.InvariantCulture, $"<h2>Policy</h2><p><code>{Text(report.Policy.ToJsonString())}</code></html>");
        return page.ToString();
    }

    private static void Row(StringBuilder page, string name, string value) =>
        page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(name)}<td><code>{Text(value)}</code>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
