using LiveFace.Cluster;
using LiveFace.Features.Jobs;
using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Cluster;

/// <summary>Sends what is asked of a job to the node that has it, which its name says; what is here is answered here, whatever its name says.</summary>
internal sealed class JobForward(RequestDelegate next, RoomSeeker seeker, IRoomOwners owners, StreamedRequests requests)
{
    /// <summary>All addresses of jobs begin so.</summary>
    public const string Path = "/api/jobs";

    public async Task InvokeAsync(HttpContext context, JobBoard board)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<JobRule>() is null || context.GetNodeCall() is not null
            || context.GetRouteValue("id") is not string id || board.Find(id) is not null || JobId.NodeOf(id) is not { } node || node == owners.Node)
        {
            await next(context);
            return;
        }

        if (await seeker.FindNodeAsync(node, context.RequestAborted) is not { } found || !await requests.TryForwardAsync(context, found.Address))
            throw new ClusterException($"The job is at node '{node}', which is away now; ask again when it is back.");
    }
}
