using System.Collections.Immutable;

namespace LiveFace.Access;

/// <summary>Roles in certain rooms. Who may publish, watch and control somewhere may also give places there.</summary>
internal readonly record struct Scope(Roles Roles, RoomPattern Rooms)
{
    private const Roles Host = Roles.Publish | Roles.View | Roles.Control;

    /// <summary>What it gives in its rooms.</summary>
    public Roles Effective => (Roles & Host) == Host ? Roles | Roles.Join : Roles;

    /// <summary>As the database keeps it: <c>publish,control@standup.ada;view@standup.*</c>.</summary>
    public static string Write(ImmutableArray<Scope> scopes) =>
        string.Join(';', scopes.Select(s => $"{string.Join(',', RoleNames.From(s.Roles))}@{s.Rooms.Text}"));

    /// <summary>What cannot be read gives nothing.</summary>
    public static ImmutableArray<Scope> Read(string text)
    {
        var scopes = ImmutableArray.CreateBuilder<Scope>();
        foreach (var one in text.Split(';'))
            if (one.Split('@') is [var names, var rooms]
                && RoleNames.TryParse(names.Split(','), out var roles, out _)
                && RoomPattern.TryParse(rooms, out var pattern))
                scopes.Add(new Scope(roles, pattern));
        return scopes.ToImmutable();
    }
}
