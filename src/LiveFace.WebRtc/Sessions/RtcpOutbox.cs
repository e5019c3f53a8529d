using System.Text;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Sessions;

/// <summary>
/// Writes what is due to the peer: reports about once a second, and at once NACKs, requests for key frames and
/// transport-wide feedback, in compounds or, where agreed, reduced in size (RFC 5506).
/// </summary>
internal sealed class RtcpOutbox
{
    private const int MaxSize = 1200;
    private const int MaxBlocks = 31;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly byte[] _buffer = new byte[MaxSize + IPacketSink.TagRoom];
    private readonly byte[] _cname;
    private readonly IPacketSink _sink;
    private readonly InboundSources _sources;
    private readonly ArrivalRecorder _arrivals;
    private readonly ReceiveLimit _receiveLimit;
    private readonly PathTiming _timing;
    private readonly MediaSessionOptions _options;
    private MediaLine[] _lines = [];
    private bool _reducedSize;
    private TimeSpan _reportDue = TimeSpan.MaxValue;

    public RtcpOutbox(
        IPacketSink sink, InboundSources sources, ArrivalRecorder arrivals, ReceiveLimit receiveLimit,
        PathTiming timing, MediaSessionOptions options)
    {
        _sink = sink;
        _sources = sources;
        _arrivals = arrivals;
        _receiveLimit = receiveLimit;
        _timing = timing;
        _options = options;
        _cname = Encoding.UTF8.GetBytes(options.Cname);
        if (_cname.Length is 0 or > 255)
            throw new ArgumentException("A CNAME has 1 to 255 bytes.", nameof(options));
    }

    /// <summary>When reports, feedback or requests are due; receivers' own deadlines are their own.</summary>
    public TimeSpan NextDeadline => _reportDue < _arrivals.NextDeadline ? _reportDue : _arrivals.NextDeadline;

    private uint LocalSsrc => _lines.Length > 0 ? _lines[0].Media.LocalSsrc : 0;

    public void SetLines(MediaLine[] lines)
    {
        _lines = lines;
        _reducedSize = lines.Length > 0 && lines.All(l => l.Media.ReducedSizeRtcp);
    }

    /// <summary>Something began to flow: the first report follows soon, so that sound and picture find together.</summary>
    public void OnFlow(TimeSpan now)
    {
        if (_reportDue == TimeSpan.MaxValue)
            _reportDue = now + TimeSpan.FromMilliseconds(20);
    }

    /// <summary>The limit fell: it is told without waiting for the next report.</summary>
    public void HurryReceiveLimit(TimeSpan now) => _reportDue = now;

    public void Poll(TimeSpan now)
    {
        SendRequests(now);
        if (_arrivals.NextDeadline <= now)
            SendTransportFeedback();
        if (_reportDue <= now)
            SendReports(now);
    }

    public void SendGoodbye(TimeSpan now)
    {
        var writer = new RtcpWriter(_buffer.AsSpan(0, MaxSize));
        WriteReports(ref writer, now);
        Span<uint> ssrcs = stackalloc uint[MaxBlocks];
        var count = 0;
        foreach (var line in _lines)
        {
            if (count < ssrcs.Length)
                ssrcs[count++] = line.Media.LocalSsrc;
        }

        if (count > 0 && writer.Room >= 4 + count * 4)
            writer.Goodbye(ssrcs[..count]);
        Send(writer.Length);
    }

    private void SendRequests(TimeSpan now)
    {
        var writer = default(RtcpWriter);
        var begun = false;
        Span<ushort> missing = stackalloc ushort[128];
        for (var i = 0; i < _sources.All.Count; i++)
        {
            var source = _sources.All[i];
            if (source.Video is not { } video || source.IsRepair)
                continue;
            video.Poll(now, _timing.RoundTrip);
            var sender = source.Line.Media.LocalSsrc;
            var due = video.Nacks.TakeDue(now, _timing.RoundTrip, missing);
            var wantsKeyFrame = video.KeyFrames.TakeDue(now, _timing.RoundTrip);
            if (due == 0 && !wantsKeyFrame)
                continue;
            if (!begun || writer.Room < MaxSize / 2)
            {
                if (begun)
                    Send(writer.Length);
                writer = BeginFeedback(sender);
                begun = true;
            }

            if (due > 0)
            {
                source.Line.Counters.NacksSent++;
                writer.Nack(sender, video.Ssrc, missing[..due]);
            }

            if (wantsKeyFrame)
                WriteKeyFrameRequest(ref writer, source.Line, video.Ssrc);
        }

        if (begun)
            Send(writer.Length);
    }

    private static void WriteKeyFrameRequest(ref RtcpWriter writer, MediaLine line, uint media)
    {
        if (line.Feedback.HasFlag(RtcpFeedback.PictureLoss))
        {
            line.Counters.PliSent++;
            writer.PictureLoss(line.Media.LocalSsrc, media);
        }
        else if (line.Feedback.HasFlag(RtcpFeedback.FullIntraRequest))
        {
            line.Counters.FirSent++;
            writer.FullIntraRequest(line.Media.LocalSsrc, media, ++line.Counters.FirSequence);
        }
    }

    private void SendTransportFeedback()
    {
        uint media = 0;
        foreach (var source in _sources.All)
            media = source.Statistics?.Ssrc ?? media;
        while (true)
        {
            var writer = BeginFeedback(LocalSsrc);
            var size = _arrivals.Write(writer.Free, LocalSsrc, media);
            if (size == 0)
                return;
            writer.Advance(size);
            Send(writer.Length);
        }
    }

    private void SendReports(TimeSpan now)
    {
        // Section 6.3.1: spread over half to one and a half of the interval, so that reports do not fall in step.
        _reportDue = now + ReportInterval * (0.5 + _options.Random.NextDouble());
        var writer = new RtcpWriter(_buffer.AsSpan(0, MaxSize));
        WriteReports(ref writer, now);
        if (_receiveLimit.Current is { } limit)
            WriteReceiveLimit(ref writer, limit);
        Send(writer.Length);
    }

    private void WriteReports(ref RtcpWriter writer, TimeSpan now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[MaxBlocks];
        var count = 0;
        foreach (var source in _sources.All)
        {
            if (source.Statistics is { } statistics && count < blocks.Length)
                blocks[count++] = statistics.MakeReport(now);
        }

        var first = true;
        foreach (var line in _lines)
        {
            var needed = 28 + (first ? count * ReportBlock.Size : 0) + 16 + _cname.Length;
            if (line.Sender is not { Packets: > 0 } sender || writer.Room < needed)
                continue;
            writer.SenderReport(sender.MakeReport(_options.ClockOrigin, now), first ? blocks[..count] : []);
            writer.Cname(sender.Ssrc, _cname);
            first = false;
        }

        if (!first)
            return;
        writer.ReceiverReport(LocalSsrc, blocks[..count]);
        writer.Cname(LocalSsrc, _cname);
    }

    private void WriteReceiveLimit(ref RtcpWriter writer, long limit)
    {
        Span<uint> media = stackalloc uint[MaxBlocks];
        var count = 0;
        foreach (var source in _sources.All)
        {
            if (source.Video is { } video && !source.IsRepair && count < media.Length
                && source.Line.Feedback.HasFlag(RtcpFeedback.Remb))
                media[count++] = video.Ssrc;
        }

        if (count > 0 && writer.Room >= 20 + count * 4)
            writer.EstimatedBitrate(LocalSsrc, limit, media[..count]);
    }

    private RtcpWriter BeginFeedback(uint sender)
    {
        var writer = new RtcpWriter(_buffer.AsSpan(0, MaxSize));
        if (_reducedSize)
            return writer;
        // A compound begins with a report and has a CNAME (RFC 3550, section 6.1); it may report on nobody.
        writer.ReceiverReport(sender, []);
        writer.Cname(sender, _cname);
        return writer;
    }

    private void Send(int length)
    {
        if (length > 0)
            _sink.SendRtcp(_buffer, length);
    }
}
