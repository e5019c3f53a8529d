using System.Text;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Sdp;

/// <summary>A trickle-ice-sdpfrag (RFC 8840 9), as a WHIP or WHEP client sends it by PATCH (RFC 9725 4.3).</summary>
internal sealed record IceFragment(string? Ufrag, string? Password)
{
    /// <summary>Reads a fragment; each candidate in it must be well-formed.</summary>
    /// <exception cref="OfferRejectedException">It is not one.</exception>
    public static IceFragment Read(string text)
    {
        var description = SdpDescription.ParseFragment(text);
        var sections = description.Media.Cast<SdpSection>().Prepend(description).ToList();
        if (sections.SelectMany(section => section.FindAll("candidate")).Any(value => !IceCandidate.IsWellFormed(value)))
            throw new OfferRejectedException(OfferRejection.Malformed, "The fragment has a candidate that is not one.");

        var ufrag = sections.Select(section => section.Find("ice-ufrag")).FirstOrDefault(value => value is not null);
        var password = sections.Select(section => section.Find("ice-pwd")).FirstOrDefault(value => value is not null);
        return new(ufrag, password);
    }

    /// <summary>The fragment that answers a restart: the new credentials, in the place of the bundle's first section.</summary>
    public static string Write(NegotiatedSession session, AnswerTransport transport)
    {
        var index = session.Sections.ToList().FindIndex(media => media is not null);
        var line = session.Offer.Media[index].Line;
        var text = new StringBuilder()
            .Append("a=ice-lite\r\n")
            .Append($"m={line.Kind} 9 {line.Protocol} {session.Sections[index]!.Codecs[0].PayloadType}\r\n");
        if (session.Offer.Media[index].Mid is { } mid)
            text.Append($"a=mid:{mid}\r\n");
        text.Append($"a=ice-ufrag:{transport.Credentials.Ufrag}\r\na=ice-pwd:{transport.Credentials.Password}\r\n");
        foreach (var candidate in transport.Candidates)
            text.Append($"a={candidate}\r\n");
        return text.Append("a=end-of-candidates\r\n").ToString();
    }
}
