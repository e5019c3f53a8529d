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

    /// <summary>Whether a grant that came of it says what it says now.</summary>
    public bool Gives(Grant grant) => Expires == grant.Expires && Scopes.SequenceEqual(grant.Scopes);

    /// <summary>Whether another row of it says the same.</summary>
    public bool Equals(Credential? other) => other is not null && Id == other.Id && Kind == other.Kind && Name == other.Name
        && Hash.AsSpan().SequenceEqual(other.Hash) && Scopes.SequenceEqual(other.Scopes) && Expires == other.Expires
        && Parent == other.Parent && Owner == other.Owner && Depth == other.Depth && Room == other.Room;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public Grant ToGrant() => new(Name, Scopes, Expires) { Credential = Id, Owner = Owner, IsLink = Kind != CredentialKind.Key };
}
