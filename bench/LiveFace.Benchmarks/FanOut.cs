using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.Benchmarks;

/// <summary>
/// One stream of 1 Mbit/s to many peers on one port: `-- fan-out [peers] [seconds]`. The viewers live in a process of
/// their own and send real feedback, so that the processor time read is the endpoint's alone. Beside it stands what
/// cannot be saved: handing the same number of datagrams of the same size to the kernel.
/// </summary>
internal static class FanOut
{
    private const int FramesPerSecond = 30;
    private const int BitsPerSecond = 1_000_000;

    public static async Task<int> RunAsync(int peers, int seconds)
    {
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0, MaximumHandshakesPerAddress = peers });
        endpoint.Start();
        using var viewers = OwnProcess.Start("fan-out-viewers", $"{endpoint.Port}", $"{peers}", $"{seconds + 60}");
        var policy = new MediaPolicy { VideoCodecs = [RtcCodec.Vp8], StartBitrate = 1_500_000, MinimumBitrate = 1_500_000 };
        var connected = 0;
        for (var i = 0; i < peers; i++)
        {
            var offer = Convert.FromBase64String(await viewers.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The viewers ended."));
            var (peer, answer) = endpoint.Accept(System.Text.Encoding.UTF8.GetString(offer), policy);
            peer.Connected = _ => Interlocked.Increment(ref connected);
            await viewers.StandardInput.WriteLineAsync(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(answer)));
        }

        while (Volatile.Read(ref connected) < peers)
            await Task.Delay(20);

        await SendAsync(endpoint, 3);
        var before = endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsSent);
        var (core, allocated) = await MeasureAsync(() => SendAsync(endpoint, seconds));
        var sent = endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsSent) - before;
        var received = endpoint.Peers.Sum(peer => peer.GetStatistics().Transport.PacketsReceived);
        viewers.Kill();

        var (bare, _) = await MeasureAsync(() => SendBareAsync((int)(sent / seconds / FramesPerSecond), seconds));
        Console.WriteLine($"{peers} peers, {sent / seconds} packets a second sent, {received} received in all");
        Console.WriteLine($"{core:P0} of a core; bare sendto of as many datagrams {bare:P0}; ratio {core / bare:F2}");
        Console.WriteLine($"{allocated / seconds / FramesPerSecond} bytes allocated a frame time for all peers");
        return 0;
    }

    /// <summary>The other process: viewers that take the stream and report as browsers do.</summary>
    public static async Task<int> ViewAsync(int port, int peers, int seconds)
    {
        var viewers = new List<Viewer>();
        for (var i = 0; i < peers; i++)
        {
            var viewer = new Viewer();
            Console.WriteLine(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(viewer.Offer)));
            var answer = Convert.FromBase64String(await Console.In.ReadLineAsync() ?? "");
            await viewer.ConnectAsync(System.Text.Encoding.UTF8.GetString(answer), port);
            viewers.Add(viewer);
        }

        var start = Stopwatch.GetTimestamp();
        for (var tick = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; tick++)
        {
            foreach (var viewer in viewers)
                await viewer.PollAsync(checks: tick % 100 == 0);
            await Task.Delay(20);
        }

        return 0;
    }

    private static async Task SendAsync(RtcEndpoint endpoint, int seconds)
    {
        var payload = new byte[BitsPerSecond / 8 / FramesPerSecond];
        ((byte[])[0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01]).CopyTo(payload, 0);
        var peers = endpoint.Peers.ToList();
        await EachFrameAsync(seconds, i =>
        {
            var isKeyFrame = i == 0;
            payload[0] = (byte)(isKeyFrame ? 0x10 : 0x11);
            foreach (var peer in peers)
                peer.SendVideo(new() { Codec = RtcCodec.Vp8, Payload = payload, IsKeyFrame = isKeyFrame, RtpTimestamp = (uint)i * 3000 });
        });
    }

    private static async Task SendBareAsync(int datagramsAFrame, int seconds)
    {
        using var sink = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sink.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var to = sink.LocalEndPoint!.Serialize();
        var datagram = new byte[1100];
        await EachFrameAsync(seconds, _ =>
        {
            for (var i = 0; i < datagramsAFrame; i++)
                socket.SendTo(datagram, SocketFlags.None, to);
        });
    }

    private static async Task EachFrameAsync(int seconds, Action<int> send)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / FramesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            send(i);
        }
    }

    /// <summary>The part of a core that this process takes meanwhile, and the bytes it allocates.</summary>
    public static async Task<(double Core, long Allocated)> MeasureAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, start, allocated) = (process.TotalProcessorTime, Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        await work();
        process.Refresh();
        return (
            (process.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(start),
            GC.GetTotalAllocatedBytes() - allocated);
    }
}
