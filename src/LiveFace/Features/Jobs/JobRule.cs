namespace LiveFace.Features.Jobs;

/// <summary>In a cluster, the node that has the job of the address answers.</summary>
internal sealed record JobRule;

internal static class JobRuleExtensions
{
    /// <summary>Endpoints of one job, <c>{id}</c>.</summary>
    public static RouteGroupBuilder OfOneJob(this IEndpointRouteBuilder routes) => routes.MapGroup("").WithMetadata(new JobRule());
}
