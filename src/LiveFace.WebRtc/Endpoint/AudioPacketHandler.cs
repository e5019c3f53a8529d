namespace LiveFace.WebRtc.Endpoint;

/// <summary>Takes one received audio packet. See <see cref="RtcPeer"/> on threads.</summary>
public delegate void AudioPacketHandler(RtcPeer peer, in ReceivedAudioPacket packet);
