using System.Text;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Api;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Hub;

/// <summary>The hub's methods, as docs/protocol.md has them. Refusals become errors in <see cref="HubErrors"/>.</summary>
internal sealed class RoomHub(
    IRoomDirectory rooms, HubMembers members, ServerMetrics metrics, FaultSink faults, TimeProvider time,
    IHubContext<RoomHub> hub)
    : Microsoft.AspNetCore.SignalR.Hub
{
    private const int LongestPrefix = RoomName.MaximumLength;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private HubMember Member => members.Find(Context.ConnectionId)
        ?? throw new ProblemException(Problem.SessionNotFound, "The connection is closing.");

    public override Task OnConnectedAsync()
    {
        var context = Context;
        var member = new HubMember(context.GetHttpContext()!.RequireGrant(), metrics, context.Abort);
        members.Add(context.ConnectionId, member);
        metrics.HubConnected();
        // Without its pump a connection would stay open and silent.
        var pump = member.PumpAsync(hub.Clients.Client(context.ConnectionId), context.ConnectionAborted);
        _ = faults.WatchAsync("hub connection", pump, context.Abort);
        if (member.Grant.Expires is { } expires && expires - time.GetUtcNow() is var left && left < LongestTimer)
            _ = EndAtExpiryAsync(member, left, context.ConnectionAborted);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (members.Remove(Context.ConnectionId) is { } member)
        {
            member.Dispose();
            metrics.HubDisconnected();
        }

        return Task.CompletedTask;
    }

    public RoomSnapshot Join(string room, JoinOptions? options)
    {
        Require(Roles.View, room);
        options ??= new JoinOptions();
        if (options.DetectionsPerSecond is not (>= 0 and <= JoinOptions.MostDetectionsPerSecond))
            throw new ProblemException(Problem.RequestInvalid, "detectionsPerSecond must be 0 to 60.");
        var found = rooms.GetOrAdd(room);
        if (!Member.TryJoin(found, options))
            throw new ProblemException(
                Problem.RequestInvalid, $"A connection can be in {HubMember.MaximumRooms} rooms at most.");
        var grant = Member.Grant;
        var mine = grant.IsAdmin ? Roles.All : grant.Roles;
        return new RoomSnapshot(found.State, found.Policy, RoleNames.From(mine));
    }

    public void Leave(string room) => Member.Leave(room);

    public RedactionPolicy GetPolicy(string room)
    {
        Require(Roles.View, room);
        return rooms.PolicyOf(room);
    }

    public RedactionPolicy SetPolicy(string room, JsonElement policy, long? expectedVersion)
    {
        Require(Roles.Control, room);
        return RoomEndpoints.SetPolicy(rooms.GetOrAdd(room), Encoding.UTF8.GetBytes(policy.GetRawText()), expectedVersion);
    }

    public IEnumerable<RoomState> Watch(string prefix)
    {
        var member = Member;
        if (!member.Grant.May(Roles.View))
            throw new ProblemException(Problem.NotAllowed, "This needs view.");
        if (prefix.Length > LongestPrefix || !member.TryWatch(prefix, rooms))
            throw new ProblemException(Problem.RequestInvalid,
                $"At most {HubMember.MaximumPrefixes} beginnings of {LongestPrefix} characters can be watched.");
        return [.. rooms.All
            .Where(r => r.Name.StartsWith(prefix, StringComparison.Ordinal) && member.Grant.May(Roles.View, r.Name))
            .Select(r => r.State)];
    }

    public void Unwatch(string prefix) => Member.Unwatch(prefix);

    public void EndRoom(string room)
    {
        Require(Roles.Control, room);
        if (rooms.Find(room) is not { } found)
            throw new ProblemException(Problem.RoomNotFound, $"Nobody is in '{room}'.");
        found.End();
    }

    private void Require(Roles roles, string room)
    {
        if (!RoomName.IsValid(room))
            throw new ProblemException(Problem.RoomNameInvalid, $"A room's name is {RoomName.Accepted}.");
        if (!Member.Grant.May(roles, room))
            throw new ProblemException(
                Problem.NotAllowed, $"This needs {string.Join(" and ", RoleNames.From(roles))} in '{room}'.");
    }

    private async Task EndAtExpiryAsync(HubMember member, TimeSpan left, CancellationToken ended)
    {
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, ended)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCancellationRequested)
            await member.SayGoodbyeAsync(Goodbye.KeyExpired);
    }
}
