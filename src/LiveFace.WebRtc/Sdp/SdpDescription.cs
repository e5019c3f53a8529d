using System.Globalization;

namespace LiveFace.WebRtc.Sdp;

/// <summary>A session description, or a fragment of one, cut into its lines (RFC 8866 5, RFC 8840 9).</summary>
internal sealed class SdpDescription : SdpSection
{
    public const int MaximumLength = 64 * 1024;
    const int MaximumMedia = 128;

    public List<SdpMedia> Media { get; } = [];

    /// <summary>Reads a whole description.</summary>
    /// <exception cref="OfferRejectedException">It is too long or not SDP.</exception>
    public static SdpDescription Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var description = ParseFragment(text);
        if (!text.AsSpan().TrimStart("\r\n").StartsWith("v=0", StringComparison.Ordinal))
            throw Malformed("it does not start with v=0");
        return description;
    }

    /// <summary>Reads lines that need not be a whole description (application/trickle-ice-sdpfrag).</summary>
    /// <exception cref="OfferRejectedException">It is too long or not SDP.</exception>
    public static SdpDescription ParseFragment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
        {
            throw new OfferRejectedException(
                OfferRejection.TooLong, $"The SDP has {text.Length} characters; at most {MaximumLength} are read.");
        }

        var description = new SdpDescription();
        SdpSection section = description;
        var number = 0;
        foreach (var rawLine in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = rawLine.TrimEnd();
            if (line.IsEmpty)
                continue;
            if (line.Length < 2 || line[1] != '=' || line[0] is < 'a' or > 'z')
                throw Malformed($"line {number} is not of the form x=value");

            var value = line[2..];
            if (line[0] == 'm')
            {
                if (description.Media.Count == MaximumMedia)
                    throw Malformed($"it has more than {MaximumMedia} media sections");
                var media = ReadMedia(value) ?? throw Malformed($"line {number} is not a media line");
                description.Media.Add(media);
                section = media;
            }
            else if (line[0] == 'a')
            {
                var colon = value.IndexOf(':');
                section.Attributes.Add(colon < 0
                    ? new(value.ToString(), "")
                    : new(value[..colon].ToString(), value[(colon + 1)..].Trim().ToString()));
            }
        }

        return description;
    }

    static SdpMedia? ReadMedia(ReadOnlySpan<char> value)
    {
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 4)
            return null;

        // "port/count" is for layered streams, which nobody uses here; the count is of no interest.
        var port = parts[1].AsSpan();
        var slash = port.IndexOf('/');
        if (slash >= 0)
            port = port[..slash];
        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(parts[0], number, parts[2], parts[3..])
            : null;
    }

    static OfferRejectedException Malformed(string what) =>
        new(OfferRejection.Malformed, $"This is not SDP: {what}.");
}
