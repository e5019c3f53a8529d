using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay;

/// <summary>An outlet behind which there are viewers of a relay: on another node, or here since the room came here.</summary>
internal interface IRoomFeed : IVideoOutlet
{
    /// <summary>Viewers behind it to whom media can flow.</summary>
    int Watching { get; }

    /// <summary>Takes a packet of sound.</summary>
    void Send(in OutgoingAudioPacket packet);

    /// <summary>The room lets go of it.</summary>
    void End();
}
