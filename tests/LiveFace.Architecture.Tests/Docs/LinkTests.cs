using System.Text.RegularExpressions;

namespace LiveFace.Architecture.Tests.Docs;

/// <summary>A link of a page leads somewhere: to a file of the checkout, and to a heading where it names one.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_of_pages_lead_to_files_and_headings()
    {
        var pages = Pages.All().ToList();
        pages.Count.ShouldBeGreaterThan(15);
        pages.SelectMany(BrokenIn).ShouldBeEmpty();
    }

    [Fact]
    public void Pages_that_sources_name_are_there()
    {
        var broken = Pages.Sources().Concat(Pages.All())
            .SelectMany(file => PageName().Matches(File.ReadAllText(file)).Select(match => (File: file, Page: match.Value)))
            .Where(use => !File.Exists(Checkout.PathOf(use.Page)))
            .Select(use => $"{Path.GetRelativePath(Checkout.Root, use.File)}: {use.Page}");
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Paths_that_pages_name_are_there()
    {
        var broken = Pages.All()
            .SelectMany(page => SourcePath().Matches(File.ReadAllText(page)).Select(match => (Page: page, Path: match.Groups["path"].Value)))
            .Where(use => !Path.Exists(Checkout.PathOf(use.Path)))
            .Select(use => $"{Path.GetRelativePath(Checkout.Root, use.Page)}: {use.Path}");
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_can_be_found_from_the_first_one()
    {
        var first = Checkout.PathOf("docs", "README.md");
        var found = new HashSet<string>([first]);
        var open = new Stack<string>(found);
        while (open.TryPop(out var page))
        {
            foreach (var (_, target, _) in Pages.LinksOf(page))
            {
                if (target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(target) && found.Add(target))
                    open.Push(target);
            }
        }

        Directory.GetFiles(Checkout.PathOf("docs"), "*.md", SearchOption.AllDirectories).Except(found).ShouldBeEmpty();
    }

    private static IEnumerable<string> BrokenIn(string page)
    {
        foreach (var (text, target, heading) in Pages.LinksOf(page))
        {
            var where = $"{Path.GetRelativePath(Checkout.Root, page)}: {text}";
            if (!File.Exists(target) && !Directory.Exists(target))
                yield return where;
            else if (heading.Length > 0 && target.EndsWith(".md", StringComparison.Ordinal) && !Pages.HeadingsOf(target).Contains(heading))
                yield return where;
        }
    }

    [GeneratedRegex(@"`(?<path>(src|tests|bench|fuzz|samples|scripts|deploy|wwwroot|training)/[\w./-]*)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"(?<![\w/])docs/[\w/-]+\.md", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PageName();
}
