using System.Collections.Immutable;
using System.Text.Json;

namespace LiveFace.Access.Foreign;

/// <summary>Turns a token's claims into roles and rooms.</summary>
internal static class OidcClaims
{
    public static ImmutableArray<Scope> Scopes(JsonElement claims, IEnumerable<OidcMapping> mappings)
    {
        var scopes = ImmutableArray.CreateBuilder<Scope>();
        foreach (var map in mappings)
        {
            var values = Values(claims, map.Claim);
            if (map.Value.Length == 0 ? values.Count == 0 : !values.Contains(map.Value, StringComparer.Ordinal))
                continue;

            // A value that would not be a room's name gives no room rather than another one.
            if (RoleNames.TryParse(map.Roles, out var roles, out _)
                && RoomPattern.TryParse(Fill(map.Pattern, name => Values(claims, name) is [var one] && RoomName.IsValid(one) ? one : "\0"), out var pattern))
                scopes.Add(new Scope(roles, pattern));
        }

        return scopes.ToImmutable();
    }

    public static string? Text(JsonElement claims, string name) => Values(claims, name) is [var one, ..] ? one : null;

    /// <summary>Puts values in the place of <c>{names}</c>.</summary>
    public static string Fill(string pattern, Func<string, string> value)
    {
        for (var at = pattern.IndexOf('{', StringComparison.Ordinal); at >= 0; at = pattern.IndexOf('{', at))
        {
            var end = pattern.IndexOf('}', at);
            if (end < 0)
                return pattern;
            var filled = value(pattern[(at + 1)..end]);
            pattern = $"{pattern[..at]}{filled}{pattern[(end + 1)..]}";
            at += filled.Length;
        }

        return pattern;
    }

    private static List<string> Values(JsonElement claims, string path)
    {
        var at = claims;

        // A claim may have dots in its own name, as those that are addresses do.
        if (!claims.TryGetProperty(path, out var found))
        {
            foreach (var step in path.Split('.'))
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
                    return [];
            found = at;
        }

        return found.ValueKind switch
        {
            JsonValueKind.String => [found.GetString()!],
            JsonValueKind.Array => [.. found.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)],
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => [found.GetRawText()],
            _ => [],
        };
    }
}
