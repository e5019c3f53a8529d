using LiveFace.Cluster;
using LiveFace.Rooms;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Cluster;

/// <summary>What this node tells the others that it has.</summary>
internal static class NodeOffers
{
    /// <summary>Models by all names that a policy may give them: a job, or the id of one that is on.</summary>
    public static NodeOffer Of(ClusterOptions options, ModelCatalogue catalogue, InferenceDevice device) => new(
        options.Region, device.IsGpu ? device.Name : null, new PolicyNames(catalogue.Models, () => []).Offered.ToHashSet(StringComparer.Ordinal));
}
