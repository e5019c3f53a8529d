using System.Text;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Features.Jobs;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Hub;

/// <summary>The hub's methods, as docs/reference/protocol.md has them. Refusals become errors in <see cref="HubErrors"/>.</summary>
internal sealed class RoomHub(IRoomReach rooms, Doorkeeper doorkeeper, IJobReach jobs, HubMembers members, IHubContext<RoomHub> hub)
    : Microsoft.AspNetCore.SignalR.Hub
{
    private const int LongestPrefix = RoomName.MaximumLength;

    private HubMember Member => members.Find(Context.ConnectionId)
        ?? throw new ProblemException(Problem.SessionNotFound, "The connection is closing.");

    public override Task OnConnectedAsync()
    {
        members.Welcome(Context, hub.Clients.Client(Context.ConnectionId));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        members.Forget(Context.ConnectionId);
        return Task.CompletedTask;
    }

    public async Task<RoomSnapshot> Join(string room, JoinOptions? options)
    {
        options ??= new JoinOptions();
        doorkeeper.RequireFresh(Member.Grant);
        if (Member.Grant.May(Roles.Publish, room) && !Member.Grant.May(Roles.View, room))
            options = options with { DetectionsPerSecond = 0 };
        else
            await RequireAsync(Roles.View, room);
        if (options.DetectionsPerSecond is not (>= 0 and <= JoinOptions.MostDetectionsPerSecond))
            throw new ProblemException(Problem.RequestInvalid, "detectionsPerSecond must be 0 to 60.");
        var grant = Member.Grant;
        var found = await rooms.OpenAsync(room, grant, new RoomPlace(options.Region, options.Gpu), Context.ConnectionAborted);
        if (!Member.TryJoin(found, options))
            throw new ProblemException(
                Problem.RequestInvalid, $"A connection can be in {HubMember.MaximumRooms} rooms at most.");
        return new RoomSnapshot(found.State, found.Policy, RoleNames.From(grant.RolesIn(room)));
    }

    public void Leave(string room) => Member.Leave(room);

    public async Task<RedactionPolicy> GetPolicy(string room)
    {
        if (!Member.Grant.May(Roles.Publish, room))
            await RequireAsync(Roles.View, room);
        return await rooms.PolicyAsync(room, Member.Grant, Context.ConnectionAborted);
    }

    public async Task<RedactionPolicy> SetPolicy(string room, JsonElement policy, long? expectedVersion)
    {
        await RequireAsync(Roles.Control, room);
        return await rooms.SetPolicyAsync(
            room, Member.Grant, Encoding.UTF8.GetBytes(policy.GetRawText()), expectedVersion, Context.ConnectionAborted);
    }

    public async Task<IEnumerable<RoomState>> Watch(string prefix)
    {
        var member = Member;
        if (!member.Grant.May(Roles.View))
            throw new ProblemException(Problem.NotAllowed, "This needs view.");
        if (prefix.Length > LongestPrefix || !member.TryWatch(prefix, rooms))
            throw new ProblemException(Problem.RequestInvalid,
                $"At most {HubMember.MaximumPrefixes} beginnings of {LongestPrefix} characters can be watched.");
        return [.. (await rooms.StatesAsync(Context.ConnectionAborted))
            .Where(state => state.Room.StartsWith(prefix, StringComparison.Ordinal) && member.Grant.May(Roles.View, state.Room))];
    }

    public void Unwatch(string prefix) => Member.Unwatch(prefix);

    public async Task<IEnumerable<object>> WatchJobs()
    {
        var member = Member;
        if (!member.Grant.May(Roles.Publish))
            throw new ProblemException(Problem.NotAllowed, "This needs publish.");
        member.WatchesJobs = true;
        var seen = (await jobs.AllAsync(member.Grant, Context.ConnectionAborted)).Jobs;
        foreach (var job in seen)
            member.KnowJob(job.Id);
        return seen.Select(job => job.View);
    }

    public void UnwatchJobs() => Member.WatchesJobs = false;

    public async Task EndRoom(string room)
    {
        await RequireAsync(Roles.Control, room);
        if (!await rooms.EndAsync(room, Member.Grant, Context.ConnectionAborted))
            throw new ProblemException(Problem.RoomNotFound, $"Nobody is in '{room}'.");
    }

    private async Task RequireAsync(Roles roles, string room)
    {
        if (!RoomName.IsValid(room))
            throw new ProblemException(Problem.RoomNameInvalid, $"A room's name is {RoomName.Accepted}.");
        var grant = Member.Grant;
        doorkeeper.RequireFresh(grant);
        if (!grant.May(roles, room) && !(grant.Recheck is { } hook && await hook.MayAsync(roles, room)))
            throw new ProblemException(
                Problem.NotAllowed, $"This needs {string.Join(" and ", RoleNames.From(roles))} in '{room}'.");
    }
}
