using System.Collections.Immutable;

namespace LiveFace.Access;

internal enum CredentialKind
{
    /// <summary>Made by an admin or configured.</summary>
    Key,

    /// <summary>Made from a key or from another link.</summary>
    Link,

    /// <summary>One person's place in a meeting: a room of their own, which is nobody else's. The database counts on the number.</summary>
    Participant = 2,
}

/// <summary>A stored key or link, without its secret. Everything that was made from it has its id as parent.</summary>
internal sealed record Credential(
    string Id, CredentialKind Kind, string Name, byte[] Hash, ImmutableArray<Scope> Scopes, DateTimeOffset Created,
    DateTimeOffset? Expires)
{
    public string? Parent { get; init; }

    /// <summary>The key at the root; its own id for a key.</summary>
    public required string Owner { get; init; }

    /// <summary>Links between it and the key at the root.</summary>
    public int Depth { get; init; }

    /// <summary>The room that a link was made for, or a participant's own.</summary>
    public string? Room { get; init; }

    public Grant ToGrant() => new(Name, Scopes, Expires) { Credential = Id, Owner = Owner, IsLink = Kind != CredentialKind.Key };
}
