using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>
/// Somebody who is told what happens in a room. Called from the room's own threads: implementations hand over and return
/// at once, and never throw.
/// </summary>
public interface IRoomObserver
{
    /// <summary>How many members it stands for: itself, or all that another node has.</summary>
    int Members => 1;

    /// <summary>Asked before each frame's detections are gathered, so that nothing is made for nobody.</summary>
    bool WantsDetections(TimeSpan now);

    /// <summary>A frame was shown, and this was seen in it.</summary>
    void DetectionsMade(RoomDetections detections);

    /// <summary>Another policy is in force.</summary>
    void PolicyChanged(RedactionPolicy policy);

    /// <summary>Somebody came or went, or what is shown changed.</summary>
    void StateChanged(RoomState state);

    /// <summary>Something happened that a person may want to read.</summary>
    void Noticed(RoomNotice notice);

    /// <summary>The room is no more.</summary>
    void RoomEnded();
}
