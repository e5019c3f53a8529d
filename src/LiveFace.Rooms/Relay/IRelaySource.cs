using LiveFace.Media.Codecs;

namespace LiveFace.Rooms.Relay;

/// <summary>Where other nodes get this node's rooms from.</summary>
public interface IRelaySource
{
    /// <summary>Begins to feed another node. Dispose what comes back to end it.</summary>
    /// <param name="room">The room, which is on this node.</param>
    /// <param name="codec">In which codec; it is encoded once, however many get it.</param>
    /// <param name="epoch">Which ownership of the room this is.</param>
    /// <param name="meter">Where it is counted.</param>
    /// <exception cref="RoomRefusedException">Nobody publishes to it here.</exception>
    RelayFeed Feed(string room, VideoCodec codec, long epoch, RelayMeter meter);
}
