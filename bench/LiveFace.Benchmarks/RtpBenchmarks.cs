using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.Benchmarks;

/// <summary>
/// The way of a frame through a media session, without its cryptography: cut into packets and sent, and taken packet by
/// packet and joined. The yardstick is what no session can do without: copying the bytes twice. Figures are per packet
/// of about 1100 bytes.
/// </summary>
[MemoryDiagnoser]
public class RtpBenchmarks
{
    private const int FramePackets = 8;

    private readonly PacketOwner _owner = new();
    private readonly List<byte[]> _packets = [];
    private readonly byte[] _scratch = new byte[2048];
    private MediaSession _sender = null!;
    private MediaSession _receiver = null!;
    private byte[] _frame = null!;
    private TimeSpan _now = TimeSpan.FromSeconds(1);
    private ushort _sequence;
    private uint _timestamp;

    [Params(RtcCodec.Vp8, RtcCodec.Vp9, RtcCodec.H264)]
    public RtcCodec Codec { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _frame = new byte[8800];
        _frame.AsSpan().Fill(0x55);
        byte[] head = Codec switch
        {
            RtcCodec.Vp8 => [0x10],
            RtcCodec.Vp9 => [0x82, 0x49, 0x83, 0x42, 0x20, 0x27, 0xF0, 0x1D, 0xF6],
            _ => [0, 0, 0, 1, 0x65],
        };
        head.CopyTo(_frame, 0);
        _sender = Session();
        _receiver = Session();
        _owner.Keep = _packets;
        Send();
        _owner.Keep = null;
        if (_packets.Count != FramePackets)
            throw new InvalidOperationException($"A frame makes {_packets.Count} packets, not {FramePackets}.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = FramePackets)]
    public int CopyTwice()
    {
        var sum = 0;
        foreach (var packet in _packets)
        {
            packet.CopyTo(_scratch, 0);
            _scratch.AsSpan(0, packet.Length).CopyTo(_frame.AsSpan(16));
            sum += _frame[20];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = FramePackets)]
    public SendVerdict Send()
    {
        // Far enough apart that the pacer is never in the way.
        _now += TimeSpan.FromMilliseconds(100);
        var verdict = _sender.SendVideo(
            new OutgoingVideoFrame { Codec = Codec, Payload = _frame, IsKeyFrame = true, CaptureTime = _now }, _now);
        if (_sender.NextDeadline <= _now)
            _sender.Poll(_now);
        return verdict;
    }

    [Benchmark(OperationsPerInvoke = FramePackets)]
    public int Receive()
    {
        _now += TimeSpan.FromMilliseconds(33);
        _timestamp += 3000;
        foreach (var packet in _packets)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequence++);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), _timestamp);
            _receiver.ReceiveRtp(packet, _now);
        }

        if (_receiver.NextDeadline <= _now)
            _receiver.Poll(_now);
        return _owner.Frames;
    }

    private MediaSession Session()
    {
        var media = new NegotiatedMedia
        {
            Mid = "0",
            Kind = MediaKind.Video,
            Direction = MediaDirection.SendReceive,
            Codecs =
            [
                new NegotiatedCodec
                {
                    Codec = Codec,
                    PayloadType = 96,
                    ClockRate = 90_000,
                    RtxPayloadType = 97,
                    Feedback = RtcpFeedback.Nack | RtcpFeedback.PictureLoss,
                },
            ],
            Extensions = new HeaderExtensionIds { Mid = 4, TransportSequence = 3, AbsoluteSendTime = 2 },
            LocalSsrc = 1,
            LocalRtxSsrc = 2,
            ReducedSizeRtcp = true,
        };
        var session = new MediaSession(
            [media], _owner, _owner, new MediaSessionOptions { ClockOrigin = DateTimeOffset.UnixEpoch, Cname = "bench" });
        session.Start(_now);
        return session;
    }
}
