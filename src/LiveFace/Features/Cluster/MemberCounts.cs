using LiveFace.Cluster;
using LiveFace.Cluster.Calls;

namespace LiveFace.Features.Cluster;

/// <summary>Tells the owner of a followed room how many members this node has of it: the newest count, at most five times a second.</summary>
internal sealed class MemberCounts(NodeCaller caller, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs as long as the room is followed there; <paramref name="told"/> is what the owner knows.</summary>
    public async Task RunAsync(FollowedRoom room, Uri owner, int told, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (room.Members is var members && members != told && await TryTellAsync(room.Name, owner, members, stop))
                    told = members;
                await Task.Delay(Between, time, stop);
                if (room.Members == told)
                    await room.MembersChangedAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is followed no more, or elsewhere.
        }
    }

    private async Task<bool> TryTellAsync(string room, Uri owner, int members, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await caller.CallAsync(owner, HttpMethod.Post, $"/node/rooms/{room}/members?members={members}", default, null, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is ClusterException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
