using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Rooms;

/// <summary>What whoever makes a room asks of its place in a cluster; alone it means nothing.</summary>
/// <param name="Region">The region; null: that of the node that is asked.</param>
/// <param name="Gpu">Whether its models had better run on a GPU.</param>
internal sealed record RoomPlace(string? Region = null, bool Gpu = false)
{
    /// <summary>The policy that comes with the request, whose models the node has to have.</summary>
    public RedactionPolicy? Policy { get; init; }

    /// <summary>The publisher's floor, likewise.</summary>
    public RedactionPolicy? Floor { get; init; }
}
