using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Tests.Rooms;

/// <summary>Keeps what a room tells.</summary>
internal sealed class RoomListener : IRoomObserver
{
    public List<RedactionPolicy> Policies { get; } = [];

    public bool Ended { get; private set; }

    public bool WantsDetections(TimeSpan now) => false;

    public void DetectionsMade(RoomDetections detections)
    {
    }

    public void PolicyChanged(RedactionPolicy policy) => Policies.Add(policy);

    public void StateChanged(RoomState state)
    {
    }

    public void Noticed(RoomNotice notice)
    {
    }

    public void RoomEnded() => Ended = true;
}
