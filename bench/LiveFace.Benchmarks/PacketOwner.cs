using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.Benchmarks;

internal sealed class PacketOwner : IPacketSink, IMediaSessionEvents
{
    public List<byte[]>? Keep { get; set; }

    public int Frames { get; private set; }

    public void SendRtp(Span<byte> buffer, int length) => Keep?.Add(buffer[..length].ToArray());

    public void SendRtcp(Span<byte> buffer, int length)
    {
    }

    public void OnVideoFrame(in ReceivedVideoFrame frame) => Frames++;

    public void OnAudioPacket(in ReceivedAudioPacket packet)
    {
    }

    public void OnKeyFrameRequested(string mid)
    {
    }

    public void OnTargetBitrateChanged(long bitsPerSecond)
    {
    }
}
