using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>
/// Somebody who is told what happens in a room. Called from the room's own threads: implementations hand over and return
/// at once, and never throw.
/// </summary>
internal interface IRoomObserver
{
    /// <summary>Asked before each frame's detections are gathered, so that nothing is made for nobody.</summary>
    bool WantsDetections(TimeSpan now);

    void DetectionsMade(RoomDetections detections);

    void PolicyChanged(RedactionPolicy policy);

    void StateChanged(RoomState state);

    void Noticed(RoomNotice notice);

    void RoomEnded();
}
