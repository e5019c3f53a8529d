using System.Globalization;
using System.Net;

namespace LiveFace.WebRtc.Ice;

/// <summary>One address that the endpoint offers (RFC 8839 5.1, RFC 6544 4.5 for TCP).</summary>
internal sealed record IceCandidate(IPAddress Address, int Port, bool IsTcp, int Rank)
{
    /// <summary>RFC 8445 5.1.2.1: all are host candidates of component 1; earlier and UDP ones are preferred.</summary>
    uint Priority => (126u << 24) | (uint)((IsTcp ? 0x2000 : 0xE000) - Rank) << 8 | 255;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"candidate:{Rank + (IsTcp ? 100 : 1)} 1 {(IsTcp ? "tcp" : "udp")} {Priority} {Address} {Port} typ host{(IsTcp ? " tcptype passive" : "")}");

    /// <summary>
    /// Whether a candidate from the other side is well-formed. An address may be an mDNS name or an FQDN; nobody here
    /// connects to it, so no name is ever looked up.
    /// </summary>
    public static bool IsWellFormed(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("candidate:", StringComparison.Ordinal))
            value = value["candidate:".Length..];

        Span<Range> parts = stackalloc Range[9];
        var count = value.Split(parts, ' ', StringSplitOptions.RemoveEmptyEntries);
        return count >= 8
            && value[parts[0]].Length <= 32
            && int.TryParse(value[parts[1]], NumberStyles.None, null, out var component) && component is >= 1 and <= 256
            && value[parts[2]].Length is > 0 and <= 16
            && uint.TryParse(value[parts[3]], NumberStyles.None, null, out _)
            && value[parts[4]].Length is > 0 and <= 255
            && ushort.TryParse(value[parts[5]], NumberStyles.None, null, out _)
            && value[parts[6]].Equals("typ", StringComparison.Ordinal);
    }
}
