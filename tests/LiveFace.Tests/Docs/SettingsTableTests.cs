using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using LiveFace.Bot;
using LiveFace.Hosting;
using LiveFace.Rooms;
using LiveFace.Vision.Inference;

namespace LiveFace.Tests.Docs;

/// <summary>The tables of settings in the docs beside the options that are read.</summary>
public sealed partial class SettingsTableTests
{
    /// <summary>The options of each section, as they are when nothing is set.</summary>
    internal static readonly Dictionary<string, object> Sections = new[] { typeof(WebServer).Assembly, typeof(RoomOptions).Assembly, typeof(InferenceOptions).Assembly, typeof(BotOptions).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsClass && type.GetField("Section")?.IsLiteral == true)
        .ToDictionary(type => (string)type.GetField("Section")!.GetRawConstantValue()!, type => Activator.CreateInstance(type)!, StringComparer.Ordinal);

    [Fact]
    public void Every_setting_has_a_row_and_every_row_a_setting()
    {
        Sections.Count.ShouldBeGreaterThan(10);
        var known = Sections.SelectMany(section => Settings(section.Value).Select(property => $"{section.Key}:{property.Name}"));
        var documented = Rows("operations.md").Concat(Rows("bot.md")).SelectMany(row => row.Names).Where(name => Sections.ContainsKey(name.Split(':')[0]));
        documented.Distinct(StringComparer.Ordinal).ShouldBe(known, ignoreOrder: true);
    }

    [Theory]
    [InlineData("operations.md")]
    [InlineData("live.md")]
    [InlineData("bot.md")]
    public void Defaults_in_the_table_are_those_of_the_code(string page)
    {
        var checkedNow = 0;
        foreach (var row in Rows(page).Where(row => row.Names.Length == row.Defaults.Length))
        {
            foreach (var (name, text) in row.Names.Zip(row.Defaults))
            {
                if (ValueOf(name) is not { } value || !IsLiteral(text))
                    continue;
                string.Equals(text, $"{value}", StringComparison.OrdinalIgnoreCase).ShouldBeTrue($"{page}: {name} is {value}, not {text}");
                checkedNow++;
            }
        }

        checkedNow.ShouldBeGreaterThan(4);
    }

    internal static IEnumerable<PropertyInfo> Settings(object options) => options.GetType().GetProperties()
        .Where(property => property.CanWrite || typeof(IEnumerable).IsAssignableFrom(property.PropertyType));

    private static object? ValueOf(string name)
    {
        var parts = name.Split(':');
        return Sections.TryGetValue(parts[0], out var options) ? options.GetType().GetProperty(parts[1])?.GetValue(options) : null;
    }

    // Words such as 'none' and 'all' tell of an empty value.
    private static bool IsLiteral(string text) => Literal().IsMatch(text);

    private static IEnumerable<(string[] Names, string[] Defaults)> Rows(string page)
    {
        foreach (var line in File.ReadLines(Checkout.PathOf("docs", "reference", page)).Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = line.Split('|');
            var names = new List<string>();
            var inList = false;
            foreach (Match token in Token().Matches(cells[1]))
            {
                var name = token.Groups["name"].Value;
                // What follows an entry of a list belongs to that entry.
                if (name.StartsWith(':') && (inList || names.Count == 0))
                    continue;
                inList = name.Contains(":n:", StringComparison.Ordinal);
                if (name.StartsWith(':'))
                    name = names[^1].Split(':')[0] + name;
                var parts = name.Split(':');
                if (parts.Length >= 2 && !name.StartsWith("--", StringComparison.Ordinal))
                    names.Add($"{parts[0]}:{parts[1]}");
            }

            if (names.Count > 0)
                yield return ([.. names], [.. cells[2].Split([',', ';']).Select(value => value.Trim(' ', '`'))]);
        }
    }

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("^(-?[0-9.]+|true|false|auto|grpc|data|preferred|warn|blur-faces)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Literal();
}
