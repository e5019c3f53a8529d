using LiveFace.WebRtc.Receiving;

namespace LiveFace.WebRtc.Sessions;

/// <summary>What a session reports to its owner, always from inside one of the session's own calls.</summary>
internal interface IMediaSessionEvents : IReceivedMedia
{
    /// <summary>The peer, or the session after it dropped a frame, needs a key frame on this m-line.</summary>
    void OnKeyFrameRequested(string mid);

    /// <summary>All that is sent together should not pass this many bits per second from now on.</summary>
    void OnTargetBitrateChanged(long bitsPerSecond);
}
