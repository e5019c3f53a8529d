using System.Globalization;
using System.Text;

namespace LiveFace.Telemetry;

/// <summary>Writes metrics in the Prometheus text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        string? last = null;
        foreach (var family in families)
        {
            // Two meters may have an instrument of one name; the format wants its head once.
            if (family.Name != last)
                Head(text, family);
            last = family.Name;
            foreach (var series in family.Series)
            {
                if (family.Kind == MetricKind.Histogram)
                    Histogram(text, family, series);
                else
                    Line(text, family.Name, series, null, series.Value);
            }
        }

        return text.ToString();
    }

    /// <summary>Dots become underscores, the unit is spelt out, counters end in _total.</summary>
    public static string Name(string instrument, string unit, MetricKind kind)
    {
        var name = new StringBuilder(instrument.Length + 16);
        foreach (var c in instrument)
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
            name.Insert(0, '_');
        var spelt = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "bit/s" => "_bits_per_second",
            _ => "",
        };
        var text = name.ToString();
        if (!text.EndsWith(spelt, StringComparison.Ordinal))
            text += spelt;
        return kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    private static void Head(StringBuilder text, MetricFamily family)
    {
        if (family.Description.Length > 0)
            text.Append("# HELP ").Append(family.Name).Append(' ')
                .Append(family.Description.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ')
            .Append(family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Histogram => "histogram",
                _ => "gauge",
            }).Append('\n');
    }

    private static void Histogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        var buckets = series.ReadBuckets();
        long count = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            Line(text, family.Name + "_bucket", series, i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf", count);
        }

        Line(text, family.Name + "_sum", series, null, series.Value);
        Line(text, family.Name + "_count", series, null, count);
    }

    private static void Line(StringBuilder text, string name, MetricSeries series, string? bound, double value)
    {
        text.Append(name);
        var any = false;
        foreach (var (key, tag) in series.Tags)
            Label(text, ref any, Name(key, "", MetricKind.Gauge), Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "");
        if (bound is not null)
            Label(text, ref any, "le", bound);
        if (any)
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static void Label(StringBuilder text, ref bool any, string name, string value)
    {
        text.Append(any ? ',' : '{').Append(name).Append("=\"");
        foreach (var c in value)
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        text.Append('"');
        any = true;
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
