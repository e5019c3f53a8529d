using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>What a publisher wants to be hidden, said with the offer.</summary>
/// <param name="Policy">What the room begins with; null is what was prepared, and no less than the default.</param>
/// <param name="Floor">Below which nobody else goes while they publish; null is none.</param>
public sealed record PublisherWishes(RedactionPolicy? Policy, RedactionPolicy? Floor)
{
    /// <summary>No wishes.</summary>
    public static PublisherWishes None { get; } = new(null, null);
}
