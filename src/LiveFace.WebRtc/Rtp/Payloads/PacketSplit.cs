namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>Divides a payload into as few packets as fit, all of nearly the same size.</summary>
internal static class PacketSplit
{
    /// <summary>The size of the next part of <paramref name="rest"/> bytes, where a part holds at most max.</summary>
    public static int Next(int rest, int max)
    {
        var parts = (rest + max - 1) / max;
        return (rest + parts - 1) / parts;
    }
}
