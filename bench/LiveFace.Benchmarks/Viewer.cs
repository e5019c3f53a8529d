using System.Diagnostics;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.Benchmarks;

/// <summary>A client that takes video and sends receiver reports and transport-wide feedback.</summary>
internal sealed class Viewer : IPacketSink, IMediaSessionEvents
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    private readonly RtcTestClient _client = new();
    private readonly MediaSession _session;
    private readonly List<byte[]> _feedback = [];

    public Viewer() => _session = new MediaSession(
        [Vp8Media.Of(MediaDirection.ReceiveOnly, ssrc: 77)], this, this, new() { ClockOrigin = DateTimeOffset.UnixEpoch, Cname = "viewer" });

    public string Offer => _client.Offer(new() { Direction = "recvonly" }).ToString();

    private static TimeSpan Now => Stopwatch.GetElapsedTime(Start);

    public async Task ConnectAsync(string answer, int port)
    {
        _client.Take(answer, new UdpWire(port));
        await _client.CheckAsync(nominate: true);
        _client.StartDtls();
        while (!_client.IsConnected)
            await Task.Delay(1);
        _session.Start(Now);
    }

    public async Task PollAsync(bool checks)
    {
        while (_client.Received.TryDequeue(out var packet))
        {
            if (packet[1] is >= 192 and <= 223)
                _session.ReceiveRtcp(packet, Now);
            else
                _session.ReceiveRtp(packet, Now);
        }

        _session.Poll(Now);
        foreach (var packet in _feedback)
            await _client.SendRtcpAsync(packet);
        _feedback.Clear();
        if (checks)
            await _client.CheckAsync(nominate: true);
    }

    public void SendRtp(Span<byte> buffer, int length)
    {
    }

    public void SendRtcp(Span<byte> buffer, int length) => _feedback.Add(buffer[..length].ToArray());

    public void OnVideoFrame(in ReceivedVideoFrame frame)
    {
    }

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
