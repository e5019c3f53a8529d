namespace LiveFace.Http;

/// <summary>In a cluster, who answers: the node that owns the room of the address, or has the session.</summary>
/// <param name="Makes">Whether a room that nobody owns is placed for it.</param>
internal sealed record OwnerRule(bool Makes);

internal static class OwnerRuleExtensions
{
    public static TBuilder AtOwner<TBuilder>(this TBuilder builder, bool makes = false)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnerRule(makes));
}
