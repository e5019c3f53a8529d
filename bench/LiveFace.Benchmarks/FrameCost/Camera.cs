using System.Diagnostics;
using System.Text;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>
/// A camera that also watches, in a process of its own: sends the clip at 30 frames a second, takes the room's picture
/// without decoding it, and reports as browsers do.
/// </summary>
internal sealed class Camera : IPacketSink, IMediaSessionEvents
{
    private const int FramesPerSecond = 30;
    private const uint Ssrc = 2222;
    private static readonly long Start = Stopwatch.GetTimestamp();

    private readonly RtcTestClient _client = new();
    private readonly List<(byte[] Payload, bool IsKeyFrame)> _clip = CameraClip.Make();
    private readonly MediaSession _session;
    private long _next;

    private Camera() => _session = new MediaSession(
        [Vp8Media.Of(MediaDirection.SendReceive, Ssrc) with { LocalRtxSsrc = Ssrc + 1111 }], this, this, new() { ClockOrigin = DateTimeOffset.UnixEpoch, Cname = "camera", StartBitrate = 4_000_000, MinBitrate = 4_000_000 });

    private static TimeSpan Now => Stopwatch.GetElapsedTime(Start);

    /// <summary>Writes its offer, reads the answer, and sends until it is ended.</summary>
    public static async Task<int> RunAsync(int port)
    {
        var camera = new Camera();
        await Console.Out.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(camera._client.Offer().ToString())));
        var answer = Encoding.UTF8.GetString(Convert.FromBase64String(await Console.In.ReadLineAsync() ?? ""));
        camera._client.Take(answer, new UdpWire(port));
        await camera._client.CheckAsync(nominate: true);
        camera._client.StartDtls();
        while (!camera._client.IsConnected)
            await Task.Delay(1);
        camera._session.Start(Now);
        var began = Now;
        for (var tick = 0; ; tick++)
        {
            await camera.PollAsync(checks: tick % 1000 == 0);
            if (Now - began >= TimeSpan.FromSeconds((double)camera._next / FramesPerSecond))
                camera.Send();
            await Task.Delay(2);
        }
    }

    public void SendRtp(Span<byte> buffer, int length) => _ = _client.SendRtpAsync(buffer[..length].ToArray());

    public void SendRtcp(Span<byte> buffer, int length) => _ = _client.SendRtcpAsync(buffer[..length].ToArray());

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

    private void Send()
    {
        var (payload, isKeyFrame) = _clip[(int)(_next % _clip.Count)];
        _session.SendVideo(new() { Codec = RtcCodec.Vp8, Payload = payload, IsKeyFrame = isKeyFrame, RtpTimestamp = (uint)(_next * 3000) }, Now);
        _next++;
    }

    private async Task PollAsync(bool checks)
    {
        while (_client.Received.TryDequeue(out var packet))
        {
            if (packet[1] is >= 192 and <= 223)
                _session.ReceiveRtcp(packet, Now);
            else
                _session.ReceiveRtp(packet, Now);
        }

        _session.Poll(Now);
        if (checks)
            await _client.CheckAsync(nominate: true);
    }
}
