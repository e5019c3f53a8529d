namespace LiveFace.Access;

/// <summary>
/// What an endpoint asks of its caller. An endpoint that carries no rule asks for <see cref="Roles.Admin"/>: forgetting
/// one closes it.
/// </summary>
/// <param name="Needed">In the room of the address, in each room of its meeting, or anywhere where it names neither.</param>
/// <param name="Anyone">No key is asked for.</param>
/// <param name="ReadsKey">One that is sent is looked at, though none is asked for.</param>
internal sealed record AccessRule(Roles Needed, bool Anyone = false, bool ReadsKey = true)
{
    public static readonly AccessRule Default = new(Roles.Admin);
}

/// <summary>What a request to this endpoint takes from its caller's quota while it runs.</summary>
internal sealed record QuotaRule(Quota Quota);

internal static class AccessRuleExtensions
{
    /// <summary>The caller must hold these roles, for the room in the address where there is one.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Roles roles)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new AccessRule(roles));

    /// <summary>Open to callers without a key; foreign hosts and origins are still refused.</summary>
    public static TBuilder OpenToAnyone<TBuilder>(this TBuilder builder, bool readsKey = false)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new AccessRule(Roles.None, Anyone: true, readsKey));

    /// <summary>A request counts against its caller's quota for as long as it runs.</summary>
    public static TBuilder Counts<TBuilder>(this TBuilder builder, Quota quota)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new QuotaRule(quota));

    public static Grant? GetGrant(this HttpContext context) => context.Features.Get<Grant>();

    /// <summary>The grant of a request that has passed its endpoint's rule.</summary>
    public static Grant RequireGrant(this HttpContext context) =>
        context.GetGrant() ?? throw new InvalidOperationException("The endpoint is open to anyone and has no grant.");
}
