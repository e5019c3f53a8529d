namespace LiveFace.Access;

/// <summary>Roles as they are written in settings, JSON and the database.</summary>
internal static class RoleNames
{
    public const string Accepted = "publish, view, control, join, review, admin";

    private static readonly (string Name, Roles Role)[] All =
        [("publish", Roles.Publish), ("view", Roles.View), ("control", Roles.Control), ("join", Roles.Join), ("review", Roles.Review), ("admin", Roles.Admin)];

    public static string[] From(Roles roles) => [.. All.Where(r => roles.HasFlag(r.Role)).Select(r => r.Name)];

    /// <summary>False when a name is not a role; <paramref name="unknown"/> is the first such.</summary>
    public static bool TryParse(IEnumerable<string> names, out Roles roles, out string? unknown)
    {
        roles = Roles.None;
        unknown = null;
        foreach (var name in names)
        {
            var found = Array.Find(All, r => string.Equals(r.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)).Role;
            if (found == Roles.None)
            {
                unknown = name;
                return false;
            }

            roles |= found;
        }

        return true;
    }
}
