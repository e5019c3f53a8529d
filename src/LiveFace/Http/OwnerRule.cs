namespace LiveFace.Http;

/// <summary>In a cluster, who answers: the node that owns the room of the address, or has the session.</summary>
/// <param name="Makes">Whether a room that nobody owns is placed for it.</param>
/// <param name="Watches">Whether it only watches, which any node can answer that pulls the picture from the owner.</param>
internal sealed record OwnerRule(bool Makes, bool Watches);

internal static class OwnerRuleExtensions
{
    public static TBuilder AtOwner<TBuilder>(this TBuilder builder, bool makes = false, bool watches = false)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnerRule(makes, watches));
}
