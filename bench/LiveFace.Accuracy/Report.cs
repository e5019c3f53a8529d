using LiveFace.Accuracy.Blind;
using LiveFace.Accuracy.Sight;

namespace LiveFace.Accuracy;

/// <summary>Writes all tables into docs/reference/benchmarks.md, between two marks, so that the words around them stay.</summary>
internal static class Report
{
    private const string Begin = "<!-- accuracy: written by make accuracy -->";
    private const string End = "<!-- /accuracy -->";

    public static async Task WriteAsync(SightOptions options)
    {
        var path = Path.Combine(Models.Root, "docs", "reference", "benchmarks.md");
        var page = await File.ReadAllTextAsync(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal);
        var to = page.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"{path} has no '{Begin}' and '{End}'; put them where the tables belong.");
        var tables = new StringWriter();
        await AddAsync(tables, "Stills", () => StillTable.PrintAsync(options));
        await AddAsync(tables, "Films", () => SightClips.PrintAsync(options));
        await AddAsync(tables, "Blind spots, offline", () => BlindTable.PrintAsync(null, live: false));
        await AddAsync(tables, "Blind spots, live", () => BlindTable.PrintAsync(null, live: true));
        await AddAsync(tables, "Ways of spending time on a frame", () => WaysTable.PrintAsync("ultraface"));
        await AddAsync(tables, "Missed face-frames per 10,000", () => ClipTable.PrintAsync("ultraface"));
        await AddAsync(tables, "What a frame costs", StepTable.PrintAsync);
        await AddAsync(tables, "What a look takes", LooksTable.PrintAsync);
        await File.WriteAllTextAsync(path, $"{page[..from]}{Begin}\n\n{tables}{page[to..]}");
    }

    private static async Task AddAsync(StringWriter to, string title, Func<Task> print)
    {
        var console = Console.Out;
        var table = new StringWriter();
        Console.SetOut(table);
        try
        {
            await print();
        }
        finally
        {
            Console.SetOut(console);
        }

        Console.WriteLine($"### {title}\n\n{table}");
        to.Write($"### {title}\n\n{table}\n");
    }
}
