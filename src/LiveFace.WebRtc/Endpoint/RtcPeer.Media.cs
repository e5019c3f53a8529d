using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Endpoint;

/// <summary>Hands to the application what the media session delivers. Whatever a handler throws goes no further.</summary>
public sealed partial class RtcPeer : IMediaSessionEvents
{
    void IReceivedMedia.OnVideoFrame(in ReceivedVideoFrame frame)
    {
        try
        {
            VideoReceived?.Invoke(this, frame);
        }
#pragma warning disable CA1031 // It is the application's code: whatever it throws must not stop the packet thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnHandlerThrew(error);
        }
    }

    void IReceivedMedia.OnAudioPacket(in ReceivedAudioPacket packet)
    {
        try
        {
            AudioReceived?.Invoke(this, packet);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnHandlerThrew(error);
        }
    }

    void IMediaSessionEvents.OnKeyFrameRequested(string mid) => Guard(() => KeyFrameRequested?.Invoke(this));

    void IMediaSessionEvents.OnTargetBitrateChanged(long bitsPerSecond) =>
        Guard(() => TargetBitrateChanged?.Invoke(this, bitsPerSecond));

    void OnHandlerThrew(Exception error) => _endpoint.Counters.Fail("webrtc handler", error, DropReason.HandlerThrew);

    void Guard(Action handler)
    {
        try
        {
            handler();
        }
#pragma warning disable CA1031 // It is the application's code: whatever it throws must not stop the packet thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnHandlerThrew(error);
        }
    }
}
