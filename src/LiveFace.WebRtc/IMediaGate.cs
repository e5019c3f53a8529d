namespace LiveFace.WebRtc;

/// <summary>Asked before each packet of media leaves, retransmissions included, as near to the socket as can be. It must not allocate.</summary>
public interface IMediaGate
{
    /// <summary>Whether media may leave now.</summary>
    bool IsOpen { get; }
}
