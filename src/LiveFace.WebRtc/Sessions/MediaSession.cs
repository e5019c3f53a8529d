using LiveFace.WebRtc.Statistics;

namespace LiveFace.WebRtc.Sessions;

/// <summary>
/// The media of one peer over one transport: every m-line of its bundle. It takes decrypted packets and the time, and
/// gives packets, frames and decisions; it owns no socket, clock or thread. One call at a time: the owner serialises.
/// Nothing that the peer sends makes it throw.
/// </summary>
#pragma warning disable CA1822 // The signatures come first; each gets its state with its behaviour.
internal sealed class MediaSession
{
    public MediaSession(
        IReadOnlyList<NegotiatedMedia> media,
        IPacketSink sink,
        IMediaSessionEvents events,
        MediaSessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(options);
    }

    /// <summary>When <see cref="Poll"/> wants to be called next; it may move forward after every other call.</summary>
    public TimeSpan NextDeadline { get; private set; } = TimeSpan.MaxValue;

    /// <summary>What the path is thought to bear.</summary>
    public long TargetBitrate { get; private set; }

    /// <summary>
    /// The transport can carry packets. Before this is called nothing is sent, and frames are refused with
    /// <see cref="SendVerdict.WaitingForKeyFrame"/>; with it a key frame is asked for on every m-line that sends.
    /// </summary>
    public void Start(TimeSpan now)
    {
    }

    /// <summary>Takes what a later offer and answer agreed on. Streams that stay keep their state.</summary>
    public void Update(IReadOnlyList<NegotiatedMedia> media, TimeSpan now)
    {
    }

    /// <summary>Takes one decrypted RTP packet.</summary>
    public void ReceiveRtp(ReadOnlySpan<byte> plain, TimeSpan now)
    {
    }

    /// <summary>Takes one decrypted RTCP packet, compound or reduced-size.</summary>
    public void ReceiveRtcp(ReadOnlySpan<byte> plain, TimeSpan now)
    {
    }

    /// <summary>Does what time asks for: NACKs, reports, feedback, paced packets. Gives the next deadline.</summary>
    public TimeSpan Poll(TimeSpan now) => NextDeadline;

    /// <summary>Sends one frame on the first m-line that sends video, or on the one named.</summary>
    public SendVerdict SendVideo(in OutgoingVideoFrame frame, TimeSpan now, string? mid = null) =>
        SendVerdict.NoSuchStream;

    /// <summary>Sends one packet on the first m-line that sends audio, or on the one named.</summary>
    public SendVerdict SendAudio(in OutgoingAudioPacket packet, TimeSpan now, string? mid = null) =>
        SendVerdict.NoSuchStream;

    /// <summary>Asks the peer for a key frame on each m-line that receives video, or on the one named.</summary>
    public void RequestKeyFrame(TimeSpan now, string? mid = null)
    {
    }

    /// <summary>Says BYE for every source of ours (RFC 3550, section 6.6). Nothing is sent after it.</summary>
    public void Close(TimeSpan now)
    {
    }

    /// <summary>A snapshot; this call allocates.</summary>
    public RtcMediaStatistics GetStatistics(TimeSpan now) => new()
    {
        Inbound = [],
        Outbound = [],
        AvailableOutgoingBitrate = TargetBitrate,
        CurrentRoundTripTime = null,
        PacketsUnknown = 0,
        PacketsMalformed = 0,
    };
}
