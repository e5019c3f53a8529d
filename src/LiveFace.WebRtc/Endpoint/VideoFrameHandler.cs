namespace LiveFace.WebRtc.Endpoint;

/// <summary>Takes one received video frame. See <see cref="RtcPeer"/> on threads.</summary>
public delegate void VideoFrameHandler(RtcPeer peer, in ReceivedVideoFrame frame);
