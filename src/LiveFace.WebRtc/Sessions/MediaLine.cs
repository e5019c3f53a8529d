using System.Text;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Sessions;

/// <summary>One m-line with what sends and receives on it.</summary>
internal sealed class MediaLine
{
    private const int PayloadTypes = 128;

    private readonly NegotiatedCodec?[] _codecs = new NegotiatedCodec?[PayloadTypes];
    private readonly NegotiatedCodec?[] _repairs = new NegotiatedCodec?[PayloadTypes];

    public MediaLine(NegotiatedMedia media)
    {
        Media = media;
        MidBytes = Encoding.UTF8.GetBytes(media.Mid);
        foreach (var codec in media.Codecs)
        {
            _codecs[codec.PayloadType & 0x7F] = codec;
            if (codec.RtxPayloadType is { } repair)
                _repairs[repair & 0x7F] = codec;
            Feedback |= codec.Feedback;
        }
    }

    public NegotiatedMedia Media { get; }

    public byte[] MidBytes { get; }

    /// <summary>What any codec of the m-line allows.</summary>
    public RtcpFeedback Feedback { get; }

    public bool Receives => (Media.Direction & MediaDirection.ReceiveOnly) != 0;

    public bool Sends => (Media.Direction & MediaDirection.SendOnly) != 0;

    public VideoSender? Video { get; set; }

    public AudioSender? Audio { get; set; }

    public SenderState? Sender => Video?.State ?? Audio?.State;

    /// <summary>What went to and fro on it; goes on when the m-line is agreed on anew.</summary>
    public FeedbackCounters Counters { get; set; } = new();

    public NegotiatedCodec? CodecOf(byte payloadType) => _codecs[payloadType];

    /// <summary>The codec whose retransmissions have this payload type.</summary>
    public NegotiatedCodec? RepairedBy(byte payloadType) => _repairs[payloadType];

    /// <summary>Ends its sending; the numbers of its source are kept where they were.</summary>
    public void Release()
    {
        Video?.Release();
        (Video, Audio) = (null, null);
    }

    /// <summary>Whether what this m-line sends goes on unchanged under another agreement.</summary>
    public bool SendsLike(NegotiatedMedia other) =>
        Media.Kind == other.Kind && Media.LocalSsrc == other.LocalSsrc && Media.LocalRtxSsrc == other.LocalRtxSsrc
        && Media.Extensions == other.Extensions && Media.Codecs.SequenceEqual(other.Codecs);
}
