using System.Text.RegularExpressions;

namespace LiveFace.Architecture.Tests.Docs;

/// <summary>The Markdown pages of the checkout, their links and their headings.</summary>
internal static partial class Pages
{
    private static readonly string[] Folders = ["docs", "src", "tests", "bench", "fuzz", "samples", "scripts", "training", "deploy", "wwwroot", "models"];

    public static IEnumerable<string> All() =>
        Directory.GetFiles(Checkout.Root, "*.md").Concat(FilesOf(Folders, "*.md"));

    /// <summary>Sources that may name a page.</summary>
    public static IEnumerable<string> Sources() =>
        new[] { "*.cs", "*.js", "*.mjs", "*.ts", "*.sh" }.SelectMany(pattern => FilesOf(Folders, pattern))
            .Append(Checkout.PathOf("Makefile")).Append(Checkout.PathOf("Dockerfile"));

    /// <summary>Links inside the checkout: their text, the path that they lead to, and the heading there.</summary>
    public static IEnumerable<(string Text, string Target, string Heading)> LinksOf(string page)
    {
        var text = Fence().Replace(File.ReadAllText(page), "");
        foreach (Match link in Link().Matches(text))
        {
            var path = link.Groups["path"].Value;
            if (path.Contains(':', StringComparison.Ordinal))
                continue;
            var target = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
            yield return (link.Value, target, link.Groups["heading"].Value);
        }
    }

    /// <summary>The names by which a page's headings are linked, as GitHub makes them.</summary>
    public static HashSet<string> HeadingsOf(string page) =>
        [.. Heading().Matches(Fence().Replace(File.ReadAllText(page), "")).Select(match => Slug(match.Groups["text"].Value))];

    private static string Slug(string heading) => string.Concat(heading.Trim().ToLowerInvariant()
        .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
        .Select(c => c == ' ' ? '-' : c));

    private static IEnumerable<string> FilesOf(string[] folders, string pattern) => folders
        .Select(folder => Checkout.PathOf(folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
        .Where(file => !Built().IsMatch(file));

    [GeneratedRegex(@"/(bin|obj|node_modules)/", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Built();

    [GeneratedRegex(@"\]\((?<path>[^)\s#]*)(#(?<heading>[^)\s]*))?\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fence();
}
