using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>
/// Two sessions that hand each other packets through a ring of fixed buffers, losing every 37th; it allocates
/// nothing itself.
/// </summary>
internal sealed class LoopbackPair : IPacketSink, IMediaSessionEvents
{
    private const int RingSize = 512;

    private readonly byte[] _ring = new byte[RingSize * 1600];
    private readonly (int Length, bool Rtcp, bool ToRight)[] _slots = new (int, bool, bool)[RingSize];
    private readonly MediaSession _left;
    private readonly MediaSession _right;
    private readonly byte[] _keyFrame;
    private readonly byte[] _deltaFrame;
    private readonly RtcCodec _codec;
    private int _head;
    private int _tail;
    private MediaSession? _sending;
    private TimeSpan _now;
    private bool _wantsKeyFrame = true;

    public LoopbackPair(RtcCodec codec)
    {
        _codec = codec;
        _left = new MediaSession(
            [TestMedia.Video(1000), TestMedia.Audio(1100)], this, this, TestMedia.Options(1));
        _right = new MediaSession(
            [TestMedia.Video(2000), TestMedia.Audio(2100)], this, this, TestMedia.Options(2));
        _keyFrame = TestFrame.Make(codec, 1, isKeyFrame: true, 20_000);
        _deltaFrame = TestFrame.Make(codec, 2, isKeyFrame: false, 4_000);
        _sending = _left;
        _left.Start(_now);
        _sending = _right;
        _right.Start(_now);
    }

    public int FramesReceived { get; private set; }

    public int Packets { get; private set; }

    public int Retransmitted { get; private set; }

    public void Run(int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            _sending = _left;
            _left.SendVideo(
                new OutgoingVideoFrame
                {
                    Codec = _codec,
                    Payload = _wantsKeyFrame ? _keyFrame : _deltaFrame,
                    IsKeyFrame = _wantsKeyFrame,
                    CaptureTime = _now,
                },
                _now);
            _wantsKeyFrame = false;
            _left.SendAudio(
                new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [0x78, 1, 2], RtpTimestamp = (uint)i * 1600 },
                _now);
            for (var step = 0; step < 8; step++)
            {
                Drain();
                _now += TimeSpan.FromMilliseconds(4);
                PollBoth();
            }
        }
    }

    public void SendRtp(Span<byte> buffer, int length)
    {
        Packets++;
        if (Packets % 37 != 0)
            Keep(buffer[..length], rtcp: false);
        if ((buffer[1] & 0x7F) is 97 or 99 or 103)
            Retransmitted++;
    }

    public void SendRtcp(Span<byte> buffer, int length) => Keep(buffer[..length], rtcp: true);

    public void OnVideoFrame(in ReceivedVideoFrame frame) => FramesReceived++;

    public void OnAudioPacket(in ReceivedAudioPacket packet)
    {
    }

    public void OnKeyFrameRequested(string mid) => _wantsKeyFrame = true;

    public void OnTargetBitrateChanged(long bitsPerSecond)
    {
    }

    private void Keep(ReadOnlySpan<byte> packet, bool rtcp)
    {
        packet.CopyTo(_ring.AsSpan(_tail * 1600));
        _slots[_tail] = (packet.Length, rtcp, _sending == _left);
        _tail = (_tail + 1) % RingSize;
    }

    private void Drain()
    {
        while (_head != _tail)
        {
            var (length, rtcp, toRight) = _slots[_head];
            var packet = _ring.AsSpan(_head * 1600, length);
            _head = (_head + 1) % RingSize;
            var to = _sending = toRight ? _right : _left;
            if (rtcp)
                to.ReceiveRtcp(packet, _now);
            else
                to.ReceiveRtp(packet, _now);
        }
    }

    private void PollBoth()
    {
        _sending = _left;
        if (_left.NextDeadline <= _now)
            _left.Poll(_now);
        _sending = _right;
        if (_right.NextDeadline <= _now)
            _right.Poll(_now);
    }
}
