using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>
/// Two sessions joined by a simulated network, driven by a clock that leaps from event to event. The left one has a
/// camera whose encoder follows the target bitrate.
/// </summary>
internal sealed class SimulatedCall
{
    private readonly PriorityQueue<(SimulatedPeer To, byte[] Packet, bool Rtcp), (TimeSpan, long)> _events = new();
    private long _order;
    private TimeSpan _nextFrame;
    private TimeSpan _nextAudio;
    private uint _audioTimestamp;

    public SimulatedCall(
        int seed = 1, NegotiatedMedia? leftVideo = null, NegotiatedMedia? rightVideo = null,
        Func<MediaSessionOptions, MediaSessionOptions>? options = null,
        RtcpFeedback audioFeedback = RtcpFeedback.TransportWide)
    {
        var random = new Random(seed);
        var left = TestMedia.Options(seed);
        var right = TestMedia.Options(seed + 1000);
        Forward = new SimulatedLink(new LinkConditions(), random);
        Backward = new SimulatedLink(new LinkConditions(), random);
        Left = new SimulatedPeer(
            [leftVideo ?? TestMedia.Video(1000), TestMedia.Audio(1100, feedback: audioFeedback)], options?.Invoke(left) ?? left, Carry);
        Right = new SimulatedPeer(
            [rightVideo ?? TestMedia.Video(2000), TestMedia.Audio(2100, feedback: audioFeedback)], options?.Invoke(right) ?? right, Carry);
    }

    public SimulatedPeer Left { get; }

    public SimulatedPeer Right { get; }

    public SimulatedLink Forward { get; }

    public SimulatedLink Backward { get; }

    public TimeSpan Now { get; private set; }

    public RtcCodec Codec { get; set; } = RtcCodec.Vp8;

    public int FramesSent { get; private set; }

    public bool SendsAudio { get; set; }

    /// <summary>The camera's encoder makes no more than this.</summary>
    public long EncoderMax { get; set; } = 1_000_000;

    public double KeyFrameFactor { get; set; } = 5;

    public List<SendVerdict> Verdicts { get; } = [];

    public void SetBoth(Action<LinkConditions> change)
    {
        change(Forward.Conditions);
        change(Backward.Conditions);
    }

    public void Start()
    {
        Left.Session.Start(Now);
        Right.Session.Start(Now);
    }

    public void Run(TimeSpan duration, Action? each = null)
    {
        var end = Now + duration;
        while (true)
        {
            var next = Min(_nextFrame, Min(Left.Session.NextDeadline, Right.Session.NextDeadline));
            if (SendsAudio)
                next = Min(next, _nextAudio);
            if (_events.TryPeek(out _, out var first))
                next = Min(next, first.Item1);
            if (next > end)
                break;
            Now = Left.Now = Right.Now = next > Now ? next : Now;
            Step();
            each?.Invoke();
        }

        Now = Left.Now = Right.Now = end;
    }

    private void Step()
    {
        while (_events.TryPeek(out _, out var when) && when.Item1 <= Now)
        {
            var (to, packet, rtcp) = _events.Dequeue();
            if (rtcp)
                to.Session.ReceiveRtcp(packet, Now);
            else
                to.Session.ReceiveRtp(packet, Now);
        }

        if (Left.Session.NextDeadline <= Now)
            Left.Session.Poll(Now);
        if (Right.Session.NextDeadline <= Now)
            Right.Session.Poll(Now);
        if (_nextFrame <= Now)
            SendFrame();
        if (SendsAudio && _nextAudio <= Now)
            SendAudio();
    }

    private void SendFrame()
    {
        _nextFrame += TimeSpan.FromSeconds(1.0 / 30);
        var key = Left.NeedsKeyFrame;
        Left.NeedsKeyFrame = false;
        var rate = Math.Min(EncoderMax, Left.Session.TargetBitrate);
        var size = (int)(rate / 8 / 30 * (key ? KeyFrameFactor : 1));
        Verdicts.Add(Left.Session.SendVideo(
            new OutgoingVideoFrame
            {
                Codec = Codec,
                Payload = TestFrame.Make(Codec, FramesSent++, key, size),
                IsKeyFrame = key,
                CaptureTime = Now,
            },
            Now));
    }

    private void SendAudio()
    {
        _nextAudio += TimeSpan.FromMilliseconds(20);
        Left.Session.SendAudio(
            new OutgoingAudioPacket
            {
                Codec = RtcCodec.Opus,
                Payload = [0x78, 1, 2, 3, 4, 5],
                RtpTimestamp = _audioTimestamp,
                CaptureTime = Now,
            },
            Now);
        _audioTimestamp += 960;
    }

    private void Carry(SimulatedPeer from, byte[] packet, bool rtcp)
    {
        var link = from == Left ? Forward : Backward;
        foreach (var arrival in link.Arrivals(packet.Length, Now))
            _events.Enqueue((from == Left ? Right : Left, packet, rtcp), (arrival, _order++));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
