using System.Text;
using LiveFace.Features.Jobs.State;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Work;

/// <summary>Makes the order of a job's worker.</summary>
internal sealed class JobOrders(JobFiles files, RoomPolicies policies, WorkPlace place, IOptions<FilmsOptions> options)
{
    public JobOrder For(JobRecord job)
    {
        // The floor may have been raised since the upload.
        if (!PolicyJson.TryRead(Encoding.UTF8.GetBytes(job.Policy), out var policy, out _))
            policy = PolicyPresets.CoverEverything;
        var raised = PolicyFloor.Raise(policy, policies.Floor);
        return new JobOrder
        {
            Folder = files.Of(job.Id).Path, Key = files.KeyOf(job.Id)?.Export(), LargestInMemory = options.Value.MemoryBytes, Name = job.Name, Kind = job.Kind ?? JobKind.Film, Renders = job.Renders, AllowsFinds = job.AllowsFinds, Attributes = job.Attributes, Generation = job.Generation,
            Policy = Encoding.UTF8.GetString(PolicyJson.Write(raised)),
            Floor = policies.Floor is { } floor ? Encoding.UTF8.GetString(PolicyJson.Write(floor)) : null,
            SegmentSeconds = options.Value.SegmentSeconds, Models = place.Models, Device = place.Device, Sandbox = place.Sandbox,
        };
    }
}
