using LiveFace.Access;
using LiveFace.Tests.Api;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

/// <summary>The kinds of callers of the matrix, by what each holds.</summary>
internal static class AccessCallers
{
    public const string Own = "standup.own";

    /// <summary>Roles in one's own room, in the other rooms of the meeting, and in those beyond it.</summary>
    public static readonly Dictionary<string, (Roles Own, Roles Meeting, Roles Beyond)> All = new(StringComparer.Ordinal)
    {
        ["publish"] = (Roles.Publish, Roles.None, Roles.None),
        ["view"] = (Roles.View, Roles.None, Roles.None),
        ["control"] = (Roles.Control, Roles.None, Roles.None),
        ["viewer's link"] = (Roles.View, Roles.None, Roles.None),
        ["invitation"] = (Roles.Join, Roles.Join, Roles.None),
        ["participant"] = (Roles.Publish | Roles.View | Roles.Control, Roles.View, Roles.None),
        ["organiser"] = (Host | Roles.Join, Host | Roles.Join, Roles.None),
        ["reviewer"] = (Roles.Publish | Roles.Review, Roles.None, Roles.None),
        ["admin"] = (AllButReview, AllButReview, AllButReview),
        ["admin with review"] = (Roles.All, Roles.All, Roles.All),
    };

    private const Roles AllButReview = Roles.All & ~Roles.Review;

    private const Roles Host = Roles.Publish | Roles.View | Roles.Control;

    /// <summary>A fresh one of this kind: its token, null for nobody, and its own room.</summary>
    public static async Task<(string? Token, string Room)> MakeAsync(RunningServer server, string caller)
    {
        switch (caller)
        {
            case "nobody":
                return (null, Own);
            case "invitation":
                return ((await MeetingSteps.InviteAsync(server)).Invitation, Own);
            case "organiser":
                return ((await MeetingSteps.InviteAsync(server)).Organiser, Own);
            case "participant":
                using (var guest = await MeetingSteps.JoinAsync(server, (await MeetingSteps.InviteAsync(server)).Invitation, "Ada"))
                    return (guest.Token, guest.Room);
            case "viewer's link":
                return (await KeySteps.ShareAsync(server, server.MakeKey(Roles.View | Roles.Control, Own), Own, "view"), Own);
            case "reviewer":
                return (server.MakeKey(Roles.Publish | Roles.Review, Own), Own);
            case "admin":
                return (server.MakeKey(Roles.Admin), Own);
            case "admin with review":
                return (server.MakeKey(Roles.Admin | Roles.Review), Own);
            default:
                RoleNames.TryParse([caller], out var roles, out _).ShouldBeTrue();
                return (server.MakeKey(roles, Own), Own);
        }
    }
}
