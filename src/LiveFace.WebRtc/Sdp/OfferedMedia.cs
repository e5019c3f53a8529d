using System.Globalization;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sdp;

/// <summary>What one media section of an offer says, as far as answering needs it.</summary>
internal sealed class OfferedMedia
{
    public OfferedMedia(SdpMedia line, SdpDescription session)
    {
        Line = line;
        Mid = line.Find("mid") is { Length: > 0 and <= 64 } mid ? mid : null;
        Kind = line.Kind switch
        {
            "audio" => MediaKind.Audio,
            "video" => MediaKind.Video,
            _ => null,
        };

        // RFC 9143 6: port zero with bundle-only is a section that lives in the bundle, not a rejected one.
        IsOffered = line.Port != 0 || line.Has("bundle-only");
        IsSecureRtp = line.Protocol.EndsWith("RTP/SAVPF", StringComparison.Ordinal)
            || line.Protocol.EndsWith("RTP/SAVP", StringComparison.Ordinal);
        Codecs = OfferedCodec.ReadAll(line);
        (TheySend, TheyReceive) = ReadDirection(line, session);
        Extensions = ReadExtensions(line);
        Sources = ReadSources(line);
    }

    public SdpMedia Line { get; }

    public string? Mid { get; }

    public MediaKind? Kind { get; }

    public bool IsOffered { get; }

    public bool IsSecureRtp { get; }

    public bool HasRtcpMux => Line.Has("rtcp-mux");

    public bool HasReducedSizeRtcp => Line.Has("rtcp-rsize");

    public bool TheySend { get; }

    public bool TheyReceive { get; }

    public IReadOnlyList<OfferedCodec> Codecs { get; }

    public HeaderExtensionIds Extensions { get; }

    public IReadOnlyList<RemoteSource> Sources { get; }

    static (bool Send, bool Receive) ReadDirection(SdpMedia line, SdpDescription session)
    {
        foreach (var section in (ReadOnlySpan<SdpSection>)[line, session])
        {
            if (section.Has("sendrecv"))
                return (true, true);
            if (section.Has("sendonly"))
                return (true, false);
            if (section.Has("recvonly"))
                return (false, true);
            if (section.Has("inactive"))
                return (false, false);
        }

        return (true, true);
    }

    /// <summary>RFC 8285 5. Only ids that fit one-byte headers, and only extensions without a direction of their own.</summary>
    static HeaderExtensionIds ReadExtensions(SdpMedia line)
    {
        var ids = default(HeaderExtensionIds);
        foreach (var value in line.FindAll("extmap"))
        {
            var parts = value.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 2
                || !byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || id is < 1 or > 14)
            {
                continue;
            }

            ids = HeaderExtensionUris.With(ids, parts[1], id);
        }

        return ids;
    }

    /// <summary>RFC 5576 4: a=ssrc lines, and FID groups that say which source repairs which (RFC 4588 8).</summary>
    static List<RemoteSource> ReadSources(SdpMedia line)
    {
        var order = new List<uint>();
        foreach (var value in line.FindAll("ssrc"))
        {
            var space = value.IndexOf(' ');
            if (TryUInt(space < 0 ? value : value[..space], out var ssrc) && !order.Contains(ssrc) && order.Count < 32)
                order.Add(ssrc);
        }

        var repairs = new Dictionary<uint, uint>();
        foreach (var value in line.FindAll("ssrc-group"))
        {
            var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts is ["FID", var media, var repair] && TryUInt(media, out var source) && TryUInt(repair, out var rtx))
                repairs[source] = rtx;
        }

        return order
            .Where(ssrc => !repairs.ContainsValue(ssrc))
            .Select(ssrc => new RemoteSource(ssrc, repairs.GetValueOrDefault(ssrc)))
            .ToList();
    }

    static bool TryUInt(string text, out uint value) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
