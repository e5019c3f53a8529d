using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay;

/// <summary>
/// Somebody who gets the picture and the sound of a room that another node owns; as any outlet, the picture of the room's own encoder where
/// this node has become the owner.
/// </summary>
internal interface IRelayedOutlet : IVideoOutlet
{
    /// <summary>Whether it gets the picture; the sound alone if not.</summary>
    bool WatchesVideo { get; }

    /// <summary>Takes nothing but what the relay's receiver got from the owner.</summary>
    SendVerdict Send(in RelayedPicture picture, in RelayTimes times);

    /// <summary>Takes a packet of sound.</summary>
    void Hear(in OutgoingAudioPacket packet);

    /// <summary>Says goodbye.</summary>
    void Close();
}
