using LiveFace.WebRtc.Receiving;

namespace LiveFace.WebRtc.Sessions;

/// <summary>One SSRC of the peer: a video or audio source, or the retransmissions of a video source.</summary>
internal sealed class InboundSource(MediaLine line, VideoReceiver? video, AudioReceiver? audio, bool isRepair)
{
    /// <summary>Exchanged when the m-line is agreed on anew.</summary>
    public MediaLine Line { get; set; } = line;

    public VideoReceiver? Video => video;

    public AudioReceiver? Audio => audio;

    /// <summary>Its packets are retransmissions for <see cref="Video"/> (RFC 4588).</summary>
    public bool IsRepair => isRepair;

    public TimeSpan LastPacket { get; set; }

    public ReceptionStatistics? Statistics => isRepair ? null : video?.Statistics ?? audio?.Statistics;

    public SourceClock? Clock => isRepair ? null : video?.Clock ?? audio?.Clock;
}
