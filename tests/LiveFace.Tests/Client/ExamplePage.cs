using System.Text.RegularExpressions;

namespace LiveFace.Tests.Client;

/// <summary>The code of docs/reference/examples.md: by heading and language, and what a language's begin with.</summary>
internal static partial class ExamplePage
{
    private static readonly string Text = File.ReadAllText(Checkout.PathOf("docs", "reference", "examples.md"));

    /// <summary>An example as it is run: behind what the page says it begins with.</summary>
    public static string Whole(string heading, string language) => Blocks(Text[..Text.IndexOf("\n## ", StringComparison.Ordinal)], language).SingleOrDefault() + "\n" + Of(heading, language);

    /// <summary>An example as it stands below its heading.</summary>
    public static string Of(string heading, string language)
    {
        var section = Text.Split("\n## ").Where(one => one.StartsWith(heading + "\n", StringComparison.Ordinal)).ShouldHaveSingleItem();
        return Blocks(section, language).ShouldHaveSingleItem($"{heading} in {language}");
    }

    /// <summary>All headings, so that none is left out.</summary>
    public static IEnumerable<string> Headings => Text.Split("\n## ").Skip(1).Select(section => section.Split('\n')[0]);

    private static List<string> Blocks(string text, string language) =>
        [.. Block().Matches(text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Block();
}
