using System.Globalization;
using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Sdp;

/// <summary>One payload type of an offered media section: its rtpmap, fmtp and rtcp-fb lines.</summary>
internal sealed record OfferedCodec(byte PayloadType, string Name, int ClockRate, int Channels)
{
    /// <summary>The a=fmtp value without the payload type.</summary>
    public string Fmtp { get; init; } = "";

    public RtcpFeedback Feedback { get; init; }

    /// <summary>One parameter of the fmtp line; null if absent.</summary>
    public string? Parameter(string name)
    {
        foreach (var part in Fmtp.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            if (equals > 0 && part.AsSpan(0, equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return part[(equals + 1)..].Trim();
        }

        return null;
    }

    public bool Is(string name, int clockRate) =>
        ClockRate == clockRate && Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the codecs in the order of the m= line, which is the offerer's preference.</summary>
    public static IReadOnlyList<OfferedCodec> ReadAll(SdpMedia media)
    {
        var codecs = new List<OfferedCodec>();
        foreach (var format in media.Formats.Distinct().Take(128))
        {
            if (byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && type < 128
                && Read(media, type, format) is { } codec)
            {
                codecs.Add(codec);
            }
        }

        return codecs;
    }

    static OfferedCodec? Read(SdpMedia media, byte type, string format)
    {
        var map = ValueFor(media, "rtpmap", format)?.Split('/');
        if (map is null or { Length: < 2 } || !int.TryParse(map[1], NumberStyles.None, CultureInfo.InvariantCulture, out var clock))
            return null;
        var channels = map.Length > 2 && int.TryParse(map[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;
        return new(type, map[0], clock, channels)
        {
            Fmtp = ValueFor(media, "fmtp", format) ?? "",
            Feedback = ReadFeedback(media, format),
        };
    }

    /// <summary>RFC 4585 4.2; "*" stands for every payload type.</summary>
    static RtcpFeedback ReadFeedback(SdpMedia media, string format)
    {
        var feedback = RtcpFeedback.None;
        foreach (var value in media.FindAll("rtcp-fb"))
        {
            var space = value.IndexOf(' ');
            if (space < 0 || (value[..space] != format && value[..space] != "*"))
                continue;
            feedback |= value[(space + 1)..].Trim() switch
            {
                "nack" => RtcpFeedback.Nack,
                "nack pli" => RtcpFeedback.PictureLoss,
                "ccm fir" => RtcpFeedback.FullIntraRequest,
                "goog-remb" => RtcpFeedback.Remb,
                "transport-cc" => RtcpFeedback.TransportWide,
                _ => RtcpFeedback.None,
            };
        }

        return feedback;
    }

    static string? ValueFor(SdpMedia media, string attribute, string format)
    {
        foreach (var value in media.FindAll(attribute))
        {
            if (value.Length > format.Length && value[format.Length] == ' ' && value.StartsWith(format, StringComparison.Ordinal))
                return value[(format.Length + 1)..].Trim();
        }

        return null;
    }
}
