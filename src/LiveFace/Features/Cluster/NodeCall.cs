namespace LiveFace.Features.Cluster;

/// <summary>A request that was shown to come from a node of this cluster.</summary>
/// <param name="Node">Its name.</param>
internal sealed record NodeCall(string Node);

/// <summary>Marks connections that came to the address for other nodes.</summary>
internal sealed class NodeConnection
{
    public static readonly NodeConnection Mark = new();
}

internal static class NodeCallExtensions
{
    public static NodeCall? GetNodeCall(this HttpContext context) => context.Features.Get<NodeCall>();

    /// <summary>For nodes alone: to all others the endpoint is not there.</summary>
    public static RouteGroupBuilder ForNodes(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        group.ExcludeFromDescription();
        group.WithMetadata(new Access.AccessRule(Access.Roles.None, Anyone: true, ReadsKey: false));
        group.AddEndpointFilter(async (invocation, next) =>
            invocation.HttpContext.GetNodeCall() is null ? Http.Problem.NotFound.Answer() : await next(invocation));
        return group;
    }
}
