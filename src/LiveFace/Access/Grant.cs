namespace LiveFace.Access;

/// <summary>What one caller may do: the outcome of looking at a request's key, or at where it comes from.</summary>
internal sealed record Grant(string Name, Roles Roles, RoomPattern Rooms, DateTimeOffset? Expires)
{
    /// <summary>A page or program of this machine, on a server that is bound to this machine alone.</summary>
    public static readonly Grant ThisMachine = new("this machine", Roles.All, RoomPattern.Everything, null);

    public bool IsAdmin => Roles.HasFlag(Roles.Admin);

    public bool May(Roles needed) => IsAdmin || (Roles & needed) == needed;

    public bool May(Roles needed, ReadOnlySpan<char> room) => IsAdmin || (May(needed) && Rooms.Covers(room));

    public bool IsExpired(DateTimeOffset now) => Expires is { } expires && expires <= now;
}
