using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>Sends a packet of sound to all who hear the room.</summary>
internal delegate void SoundSender(in OutgoingAudioPacket packet);
