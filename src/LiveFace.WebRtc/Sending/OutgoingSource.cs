namespace LiveFace.WebRtc.Sending;

/// <summary>
/// What must go on for as long as an SSRC of ours lives, even while its m-line pauses or is agreed on anew: its numbers,
/// because SRTP counts their wraps (RFC 3711, section 3.3.1), its clock and its counters.
/// </summary>
internal sealed class OutgoingSource
{
    public OutgoingSource(uint ssrc, int clockRate, Random random)
    {
        State = new SenderState(ssrc, clockRate, (uint)random.NextInt64(1L << 32));
        // Beginning in the lower half keeps the first wrap away from receivers that have not met the source yet.
        NextSequence = random.Next(0x8000);
        NextRtxSequence = (ushort)random.Next(0x8000);
        PictureId = (ushort)random.Next(0x8000);
    }

    public SenderState State { get; }

    public long NextSequence { get; set; }

    public ushort NextRtxSequence { get; set; }

    public ushort PictureId { get; set; }
}
