using System.Collections.Immutable;

namespace LiveFace.Access;

/// <summary>What one caller may do: the outcome of looking at a request's key, or at where it comes from.</summary>
internal sealed record Grant(string Name, ImmutableArray<Scope> Scopes, DateTimeOffset? Expires)
{
    /// <summary>A page or program of this machine, on a server that is bound to this machine alone.</summary>
    public static readonly Grant ThisMachine =
        new("this machine", [new Scope(Roles.All, RoomPattern.Everything)], null) { Owner = "this-machine" };

    /// <summary>The stored key or link that it came from; null when another system vouches for the caller.</summary>
    public string? Credential { get; init; }

    /// <summary>Whether it came of a link, or of a place in a meeting, and not of a key.</summary>
    public bool IsLink { get; init; }

    /// <summary>Whose quota it counts against: the key at the root, however many links lie between.</summary>
    public required string Owner { get; init; }

    /// <summary>Set when it stands only as long as another server says so.</summary>
    public IGrantRecheck? Recheck { get; init; }

    public bool IsAdmin => Has(Roles.Admin);

    /// <summary>Somewhere; for what belongs to no room.</summary>
    public bool May(Roles needed) => IsAdmin ? !needed.HasFlag(Roles.Review) || Has(Roles.Review) : Has(needed);

    public bool May(Roles needed, ReadOnlySpan<char> room) => (RolesIn(room) & needed) == needed;

    /// <summary>In each room of the pattern.</summary>
    public bool MayThroughout(Roles needed, RoomPattern rooms) =>
        (IsAdmin && !needed.HasFlag(Roles.Review)) || Scopes.Any(s => (s.Effective & needed) == needed && s.Rooms.Includes(rooms));

    public Roles RolesIn(ReadOnlySpan<char> room)
    {
        if (IsAdmin)
            return Has(Roles.Review) ? Roles.All : Roles.All & ~Roles.Review;
        var roles = Roles.None;
        foreach (var scope in Scopes)
            if (scope.Rooms.Covers(room))
                roles |= scope.Effective;
        return roles;
    }

    public bool IsExpired(DateTimeOffset now) => Expires is { } expires && expires <= now;

    /// <summary>In one scope: roles in different rooms do not add up.</summary>
    private bool Has(Roles needed)
    {
        foreach (var scope in Scopes)
            if ((scope.Effective & needed) == needed)
                return true;
        return false;
    }
}
