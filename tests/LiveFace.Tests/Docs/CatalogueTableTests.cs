using LiveFace.Cli;
using LiveFace.Features.Server;

namespace LiveFace.Tests.Docs;

/// <summary>Presets, effects and the options of the command line, as the docs have them, beside the code.</summary>
public sealed class CatalogueTableTests
{
    [Fact]
    public void Presets_in_the_docs_are_those_that_are_offered() =>
        RowsUnder("protocol.md", "| preset |").ShouldBe(
            PresetCatalogue.All.Select(preset => $"| `{preset.Id}` | {preset.Title} | {preset.Description} |"));

    [Fact]
    public void Effects_in_the_docs_are_those_that_are_offered() =>
        RowsUnder("protocol.md", "| effect |").ShouldBe(EffectCatalogue.All([]).Select(effect =>
            $"| `{effect.Id}` | {effect.Title} | {(effect.Hides ? "yes" : "no")} | {string.Join(", ", effect.Uses.Select(use => $"`{use}`"))} |"));

    [Theory]
    [InlineData("docs/reference/protocol.md")]
    [InlineData("wwwroot/liveface.d.ts")]
    public void A_rule_may_name_the_effects_that_are_offered(string file)
    {
        var told = File.ReadLines(Checkout.PathOf(file)).Single(line => line.StartsWith("  effect: 'blur'", StringComparison.Ordinal));
        told.Trim().ShouldBe($"effect: {string.Join(" | ", EffectCatalogue.All([]).Select(effect => $"'{effect.Id}'"))};");
    }

    [Fact]
    public void Options_of_redact_in_the_docs_are_those_of_its_help()
    {
        var documented = RowsUnder("files.md", "| `-o`").SelectMany(row => row.Split('|')[1].Split(','))
            .Select(name => name.Trim(' ', '`'));
        var offered = RedactCommand.Create().Options.SelectMany(option => option.Aliases.Append(option.Name));
        documented.ShouldBe(offered, ignoreOrder: true);
    }

    /// <summary>The rows of the table that begins so, without its head; of one that begins with a row, that one too.</summary>
    private static IEnumerable<string> RowsUnder(string page, string first)
    {
        var lines = File.ReadLines(Checkout.PathOf("docs", "reference", page))
            .SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|')).ToList();
        lines.ShouldNotBeEmpty();
        return first.Contains('`', StringComparison.Ordinal) ? lines : lines.Skip(2);
    }
}
