using System.Text.Json;
using LiveFace.Http;

namespace LiveFace.Access.Foreign;

/// <summary>What the other server said: a reason why not, or who it is and how much they may do for how long.</summary>
internal sealed record HookAnswer(Problem? Problem, string? Name = null, Scope? Scope = null, DateTimeOffset? Until = null)
{
    private const int LongestName = 100;

    /// <exception cref="JsonException">It is neither empty nor as described: nobody knows what it means.</exception>
    public static HookAnswer Read(byte[] body, DateTimeOffset now)
    {
        if (body.AsSpan().Trim(" \r\n\t"u8).IsEmpty)
            return new HookAnswer(Problem: null);
        var said = JsonSerializer.Deserialize<Said>(body, ApiJson.Options) ?? throw new JsonException("null");
        Scope? scope = null;
        if (said.Roles is not null)
            scope = RoleNames.TryParse(said.Roles, out var roles, out _) && RoomPattern.TryParse(said.Pattern, out var pattern)
                ? new Scope(roles, pattern)
                : throw new JsonException("roles or pattern");
        return new HookAnswer(
            null, said.Name is { Length: > 0 and <= LongestName } name ? name : null, scope,
            said.Seconds is { } seconds ? now.AddSeconds(Math.Clamp(seconds, 1, 86_400)) : null);
    }

    private sealed record Said(string? Name, string[]? Roles, string? Pattern, int? Seconds);
}
