namespace LiveFace.WebRtc.Receiving;

/// <summary>Takes what receivers have put together, always from inside a call that brought them a packet.</summary>
internal interface IReceivedMedia
{
    /// <summary>A whole frame has come; it stands until the call returns.</summary>
    void OnVideoFrame(in ReceivedVideoFrame frame);

    /// <summary>An audio packet has come; it stands until the call returns.</summary>
    void OnAudioPacket(in ReceivedAudioPacket packet);
}
