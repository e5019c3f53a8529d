using System.Text.RegularExpressions;

namespace LiveFace.Tests.Api;

/// <summary>The interfaces of a TypeScript text with the names of their members; enough of the language for ours.</summary>
internal static partial class TypeScriptShapes
{
    public static Dictionary<string, SortedSet<string>> Read(string text)
    {
        var plain = Comment().Replace(text, "");
        var shapes = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (Match head in Interface().Matches(plain))
        {
            var members = Members(plain, head.Index + head.Length);
            if (head.Groups["base"] is { Success: true, Value: var inherited })
                members.UnionWith(shapes[inherited]);
            shapes[head.Groups["name"].Value] = members;
        }
        return shapes;
    }

    /// <summary>Names before a colon, at the depth of the interface itself.</summary>
    private static SortedSet<string> Members(string text, int at)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var begins = true;
        for (var depth = 0; depth > 0 || text[at] != '}'; at++)
        {
            if (depth == 0 && begins && Member().Match(text, at) is { Success: true } member)
            {
                names.Add(member.Groups["name"].Value);
                at += member.Length - 1;
                begins = false;
                continue;
            }
            depth += text[at] switch { '{' or '(' or '<' or '[' => 1, '}' or ')' or '>' or ']' => -1, _ => 0 };
            begins = text[at] == ';' || begins && char.IsWhiteSpace(text[at]);
        }
        return names;
    }

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\binterface (?<name>\w+)( extends (Required<)?(?<base>\w+)>?)? \{", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Interface();

    [GeneratedRegex(@"\G(readonly )?(?<name>\w+)\??:", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Member();
}
