namespace LiveFace.Access;

/// <summary>
/// What an endpoint asks of its caller. An endpoint that carries no rule asks for <see cref="Roles.Admin"/>: forgetting
/// one closes it.
/// </summary>
internal sealed record AccessRule(Roles Needed, bool Anyone = false)
{
    public static readonly AccessRule Default = new(Roles.Admin);
}

internal static class AccessRuleExtensions
{
    /// <summary>The caller must hold these roles, for the room in the address where there is one.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Roles roles)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new AccessRule(roles));

    /// <summary>Open to callers without a key; foreign hosts and origins are still refused.</summary>
    public static TBuilder OpenToAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new AccessRule(Roles.None, Anyone: true));

    public static Grant? GetGrant(this HttpContext context) => context.Features.Get<Grant>();

    /// <summary>The grant of a request that has passed its endpoint's rule.</summary>
    public static Grant RequireGrant(this HttpContext context) =>
        context.GetGrant() ?? throw new InvalidOperationException("The endpoint is open to anyone and has no grant.");
}
