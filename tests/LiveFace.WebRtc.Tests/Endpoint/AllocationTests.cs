using System.Buffers.Binary;
using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>
/// The packet path from the socket to the handler and back makes no garbage. Time is the test's own: what has been sent is
/// kept for a second, so buffers are made until a second's frames are kept, however fast a test plays them.
/// </summary>
[Collection("Alone")]
public sealed class AllocationTests
{
    const int PacketsPerFrame = 3;
    const int FramesPerSecond = 30;
    static readonly TimeSpan Frame = TimeSpan.FromSeconds(1.0 / FramesPerSecond);

    [Fact]
    public async Task Echoing_frames_and_audio_allocates_nothing()
    {
        var clock = new TimerClock();
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0, Tcp = false }, clock);
        endpoint.Start();
        using var client = new RtcTestClient();
        var (frames, sounds) = (0, 0);
        await client.ConnectAsync(endpoint, new() { VideoCodecs = [RtcCodec.Vp8] }, prepare: peer =>
        {
            peer.VideoReceived = (_, in frame) =>
            {
                frames++;
                peer.SendVideo(new() { Codec = frame.Codec, Payload = frame.Payload, IsKeyFrame = frame.IsKeyFrame, RtpTimestamp = frame.RtpTimestamp });
            };
            peer.AudioReceived = (_, in packet) =>
            {
                sounds++;
                peer.SendAudio(new() { Codec = packet.Codec, Payload = packet.Payload, RtpTimestamp = packet.RtpTimestamp });
            };
        });

        var remote = IPEndPoint.Parse(endpoint.Peers.Single().GetStatistics().Transport.RemoteAddress!);
        endpoint.Paths.TryFind(new PathKey(1, TransportAddress.From(remote)), out var path).ShouldBeTrue();
        IPacketReceiver receiver = endpoint;
        var allocated = new List<long>();
        for (var i = 0; i < 8 * FramesPerSecond; i++)
        {
            var packets = Packets(client, i);
            clock.Advance(Frame);
            var before = ThreadAllocations.Begin();
            foreach (var packet in packets)
                receiver.OnDatagram(path.Link, packet, path.Remote);
            allocated.Add(ThreadAllocations.Since(before));
        }

        frames.ShouldBe(allocated.Count);
        sounds.ShouldBe(allocated.Count);
        allocated.Skip(4 * FramesPerSecond).ShouldAllBe(bytes => bytes == 0);
    }

    /// <summary>A frame's time: video, audio and, once a second, a check, protected as the client would.</summary>
    static List<byte[]> Packets(RtcTestClient client, int frame)
    {
        var packets = new List<byte[]>();
        for (var part = 0; part < PacketsPerFrame; part++)
            packets.Add(client.Protect(Vp8(frame, part)));
        packets.Add(client.Protect(SessionTests.Opus((ushort)(frame + 1))));
        if (frame % FramesPerSecond == 0)
            packets.Add(client.MakeCheck(new byte[12], nominate: true));
        return packets;
    }

    /// <summary>RFC 7741 4.2: an extended descriptor with a 15-bit picture id; then a keyframe's header (RFC 6386 9.1).</summary>
    static byte[] Vp8(int frame, int part)
    {
        var packet = new byte[12 + 4 + 1000];
        packet[0] = 0x80;
        packet[1] = (byte)(96 | (part == PacketsPerFrame - 1 ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)((frame * PacketsPerFrame) + part + 1));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(frame * 3000));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 2222);
        packet[12] = (byte)(0x80 | (part == 0 ? 0x10 : 0));
        packet[13] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), (ushort)(0x8000 | (frame & 0x7FFF)));
        if (part == 0)
            ((byte[])[0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01]).CopyTo(packet, 16);
        return packet;
    }
}
