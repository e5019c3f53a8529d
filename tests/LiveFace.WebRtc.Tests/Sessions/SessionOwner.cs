using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>An owner of one session that keeps what the session sends and tells.</summary>
internal sealed class SessionOwner : IPacketSink, IMediaSessionEvents
{
    public List<byte[]> Rtp { get; } = [];

    public List<byte[]> Rtcp { get; } = [];

    public List<(string Mid, RtcCodec Codec, VideoRotation Rotation)> Frames { get; } = [];

    public List<(string Mid, long Sequence)> Audio { get; } = [];

    public List<string> KeyFrameRequests { get; } = [];

    public void SendRtp(Span<byte> buffer, int length) => Rtp.Add(buffer[..length].ToArray());

    public void SendRtcp(Span<byte> buffer, int length) => Rtcp.Add(buffer[..length].ToArray());

    public void OnVideoFrame(in ReceivedVideoFrame frame) => Frames.Add((frame.Mid, frame.Codec, frame.Rotation));

    public void OnAudioPacket(in ReceivedAudioPacket packet) => Audio.Add((packet.Mid, packet.SequenceNumber));

    public void OnKeyFrameRequested(string mid) => KeyFrameRequests.Add(mid);

    public void OnTargetBitrateChanged(long bitsPerSecond)
    {
    }

    /// <summary>The types, and formats of feedback, of each RTCP packet that was sent, one string a compound.</summary>
    public List<string> RtcpTypes() => [.. Rtcp.Select(Types)];

    /// <summary>Writes a packet as a peer would send it.</summary>
    public static byte[] Packet(
        uint ssrc, byte payloadType, ushort sequence, ReadOnlySpan<byte> payload, bool marker = true, string? mid = null,
        VideoRotation? rotation = null)
    {
        var data = new byte[1500];
        var writer = new RtpHeaderWriter(data, marker, payloadType, sequence, 1000, ssrc);
        if (mid is not null)
            writer.Add(TestMedia.AllExtensions.Mid, System.Text.Encoding.UTF8.GetBytes(mid));
        if (rotation is { } turned)
            writer.Add(TestMedia.AllExtensions.VideoOrientation, [(byte)turned]);
        var size = writer.Finish();
        payload.CopyTo(data.AsSpan(size));
        return data[..(size + payload.Length)];
    }

    public static HeaderExtensionValues Extensions(byte[] data)
    {
        RtpPacket.TryParse(data, out var packet).ShouldBeTrue();
        return HeaderExtensionValues.Read(packet, TestMedia.AllExtensions);
    }

    /// <summary>What a packet asks of the receiver: the least and the most delay; null if it asks for nothing.</summary>
    public static (TimeSpan Least, TimeSpan Most)? PlayoutDelay(byte[] data)
    {
        RtpPacket.TryParse(data, out var packet).ShouldBeTrue();
        var reader = new HeaderExtensionReader(packet.ExtensionProfile, packet.Extensions);
        while (reader.TryRead(out var id, out var value))
        {
            if (id == TestMedia.AllExtensions.PlayoutDelay)
                return (Milliseconds(value[0] << 4 | value[1] >> 4), Milliseconds((value[1] & 0xF) << 8 | value[2]));
        }

        return null;

        static TimeSpan Milliseconds(int steps) => TimeSpan.FromMilliseconds(steps * 10);
    }

    private static string Types(byte[] compound)
    {
        var reader = new RtcpReader(compound);
        var types = new List<string>();
        while (reader.TryRead(out var packet))
            types.Add(packet.Type is 205 or 206 ? $"{packet.Type}/{packet.Count}" : $"{packet.Type}");
        reader.IsMalformed.ShouldBeFalse();
        return string.Join(' ', types);
    }
}
