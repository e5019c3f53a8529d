namespace LiveFace.WebRtc;

/// <summary>What the server grants a peer: the answer is the offer cut down to this.</summary>
public sealed record MediaPolicy
{
    /// <summary>Which video codecs may be spoken, the preferred one first. The first that the offer has is used.</summary>
    public IReadOnlyList<RtcCodec> VideoCodecs { get; init; } =
        [RtcCodec.Vp8, RtcCodec.Vp9, RtcCodec.H264];

    /// <summary>Which directions may be used.</summary>
    public MediaDirections Directions { get; init; } = MediaDirections.All;

    /// <summary>The least that the target bitrate for sending falls to, in bits a second.</summary>
    public long MinimumBitrate { get; init; } = 100_000;

    /// <summary>The bitrate that sending starts with, before anything is known of the way.</summary>
    public long StartBitrate { get; init; } = 1_000_000;

    /// <summary>The most that the target bitrate for sending grows to.</summary>
    public long MaximumBitrate { get; init; } = 4_000_000;

    /// <summary>The most that the peer is asked to send (REMB and b=AS), in bits a second.</summary>
    public long MaximumReceiveBitrate { get; init; } = 4_000_000;

    /// <summary>
    /// The longest that the peer is asked to hold pictures back to cover packets that are sent again. It is asked for
    /// nothing while nothing is lost. Zero: never, every picture is shown as it comes.
    /// </summary>
    public TimeSpan MaximumPlayoutDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    internal void Validate()
    {
        Require(
            MinimumBitrate > 0 && StartBitrate >= MinimumBitrate && MaximumBitrate >= StartBitrate,
            nameof(StartBitrate),
            $"must lie between {nameof(MinimumBitrate)} and {nameof(MaximumBitrate)}");
        Require(MaximumReceiveBitrate >= 30_000, nameof(MaximumReceiveBitrate), "must be at least 30000 bits a second");
        Require(
            MaximumPlayoutDelay >= TimeSpan.Zero && MaximumPlayoutDelay <= TimeSpan.FromSeconds(10),
            nameof(MaximumPlayoutDelay),
            "must lie between zero and ten seconds");
        Require(
            VideoCodecs.All(codec => codec is not RtcCodec.Opus),
            nameof(VideoCodecs),
            "must name video codecs only; Opus is always spoken where audio flows");
    }

    static void Require(bool holds, string setting, string what)
    {
        if (!holds)
            throw new ArgumentException($"{setting} {what}.", setting);
    }
}
