using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>What a publisher wants to be hidden, said with the offer.</summary>
/// <param name="Policy">What the room begins with; null is what was prepared, and no less than the default.</param>
/// <param name="Floor">Below which nobody else goes while they publish; null is none.</param>
internal sealed record PublisherWishes(RedactionPolicy? Policy, RedactionPolicy? Floor)
{
    public static PublisherWishes None { get; } = new(null, null);
}
