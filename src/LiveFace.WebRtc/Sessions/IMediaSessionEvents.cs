namespace LiveFace.WebRtc.Sessions;

/// <summary>What a session tells its owner, always from inside one of the session's own calls.</summary>
internal interface IMediaSessionEvents
{
    /// <summary>A whole frame has come; it stands until the call returns.</summary>
    void OnVideoFrame(in ReceivedVideoFrame frame);

    /// <summary>An audio packet has come; it stands until the call returns.</summary>
    void OnAudioPacket(in ReceivedAudioPacket packet);

    /// <summary>The peer, or the session after it dropped a frame, needs a key frame on this m-line.</summary>
    void OnKeyFrameRequested(string mid);

    /// <summary>All that is sent together should not pass this many bits per second from now on.</summary>
    void OnTargetBitrateChanged(long bitsPerSecond);
}
