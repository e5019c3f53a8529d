using System.Collections.Concurrent;
using LiveFace.Access;
using LiveFace.Features.Sessions;
using LiveFace.Telemetry;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Hub;

/// <summary>Everybody on the hub now. A connection ends with the grant that opened it.</summary>
internal sealed class HubMembers(ServerMetrics metrics, OpenGrants open, FaultSink faults, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (HubMember Member, IDisposable Tracked)> _members = new(StringComparer.Ordinal);

    public IEnumerable<HubMember> All => _members.Values.Select(m => m.Member);

    public void Welcome(HubCallerContext context, IClientProxy client)
    {
        var member = new HubMember(context.GetHttpContext()!.RequireGrant(), metrics, context.Abort);

        // Without its pump a connection would stay open and silent.
        _ = faults.WatchAsync("hub connection", member.PumpAsync(client, context.ConnectionAborted), context.Abort);
        metrics.HubConnected();
        var tracked = open.Track(member.Grant, why => _ = member.EndAsync(ReasonOf(why), time));
        _members[context.ConnectionId] = (member, tracked);
    }

    private static string ReasonOf(GrantEnd why) => why switch
    {
        GrantEnd.Expired => Goodbye.KeyExpired,
        GrantEnd.Unknown => Goodbye.StoreUnreachable,
        _ => Goodbye.KeyRevoked,
    };

    public HubMember? Find(string connection) => _members.GetValueOrDefault(connection).Member;

    public void Forget(string connection)
    {
        if (!_members.TryRemove(connection, out var left))
            return;
        left.Tracked.Dispose();
        left.Member.Dispose();
        metrics.HubDisconnected();
    }
}
