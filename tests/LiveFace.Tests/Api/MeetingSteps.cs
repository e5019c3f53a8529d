using System.Net.Http.Json;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>Invites and joins as organisers and guests do.</summary>
internal static class MeetingSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<(string Organiser, string Invitation)> InviteAsync(RunningServer server)
    {
        var organiser = server.MakeKey(Roles.Publish | Roles.View | Roles.Control, "standup.*");
        var invitation = await KeySteps.ShareWithAsync(
            server, organiser, "standup.invitation", """{"roles":["join"],"pattern":"standup.*"}""");
        return (organiser, invitation);
    }

    public static async Task<Guest> JoinAsync(RunningServer server, string invitation, string name)
    {
        using var client = server.ClientWith(invitation);
        using var joined = await client.PostAsJsonAsync("/api/meetings/standup/participants", new { name }, Cancel);
        var place = await joined.JsonAsync();
        var token = place.GetProperty("token").GetString()!;
        return new Guest(place.GetProperty("room").GetString()!, token, server.ClientWith(token));
    }

    public static ScriptedSession Answer(RunningServer server, string room)
    {
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room(room).Answering = _ => session;
        return session;
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static StringContent Offer() => new("v=0", Encoding.UTF8, "application/sdp");

    public sealed record Guest(string Room, string Token, HttpClient Client) : IDisposable
    {
        public void Dispose() => Client.Dispose();
    }
}
