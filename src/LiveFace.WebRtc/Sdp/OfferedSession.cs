using LiveFace.WebRtc.Dtls;

namespace LiveFace.WebRtc.Sdp;

/// <summary>An offer, read and checked: its one bundled transport and its media sections (RFC 9429 5.8, RFC 9143).</summary>
internal sealed class OfferedSession
{
    OfferedSession(SdpDescription description)
    {
        Media = description.Media.ConvertAll(line => new OfferedMedia(line, description));
        Bundle = ReadBundle(description);
    }

    public IReadOnlyList<OfferedMedia> Media { get; }

    /// <summary>The media sections that share the transport, in order. All others are rejected.</summary>
    public IReadOnlyList<OfferedMedia> Transported { get; private set; } = [];

    public string Ufrag { get; private set; } = "";

    public string Password { get; private set; } = "";

    public IReadOnlyList<Fingerprint> Fingerprints { get; private set; } = [];

    /// <summary>We are the DTLS client: the offer insists on being the server (RFC 5763 5).</summary>
    public bool WeConnect { get; private set; }

    string[] Bundle { get; }

    /// <summary>Reads an offer.</summary>
    /// <exception cref="OfferRejectedException">It lacks what a session needs.</exception>
    public static OfferedSession Read(string sdp)
    {
        var description = SdpDescription.Parse(sdp);
        var session = new OfferedSession(description);
        if (session.Media.Count == 0)
            throw new OfferRejectedException(OfferRejection.NothingInCommon, "The offer has no media sections.");

        session.FindTransport();
        session.ReadIce(description);
        session.ReadDtls(description);
        return session;
    }

    /// <summary>
    /// The first usable section and those bundled with it. Without rtcp-mux a section would need a second port.
    /// </summary>
    void FindTransport()
    {
        var usable = Media.Where(media => media is { IsOffered: true, IsSecureRtp: true, Kind: not null }).ToList();
        if (usable.Count == 0)
        {
            throw new OfferRejectedException(
                OfferRejection.NothingInCommon,
                "The offer has no audio or video section over DTLS-SRTP (UDP/TLS/RTP/SAVPF) to answer.");
        }

        var first = usable.Find(media => media.HasRtcpMux)
            ?? throw new OfferRejectedException(
                OfferRejection.NotBundled, "The offer does not multiplex RTP and RTCP; a=rtcp-mux is needed.");
        Transported = usable
            .Where(media => media == first || (media.HasRtcpMux && IsBundled(media) && IsBundled(first)))
            .DistinctBy(media => media.Mid)
            .ToList();
    }

    bool IsBundled(OfferedMedia media) => media.Mid is not null && Bundle.Contains(media.Mid);

    /// <summary>In a bundle the section named first carries the transport (RFC 9143 7.2); all usually repeat it.</summary>
    void ReadIce(SdpDescription description)
    {
        var (ufrag, password) = (Find(description, "ice-ufrag"), Find(description, "ice-pwd"));
        if (ufrag is not { Length: >= 4 and <= 256 } || password is not { Length: >= 22 and <= 256 })
        {
            throw new OfferRejectedException(
                OfferRejection.NoIce,
                "The offer has no ICE credentials: a=ice-ufrag of 4 to 256 and a=ice-pwd of 22 to 256 characters are needed.");
        }

        (Ufrag, Password) = (ufrag, password);
    }

    void ReadDtls(SdpDescription description)
    {
        Fingerprints = Transported.Select(media => (SdpSection)media.Line)
            .Append(description)
            .SelectMany(section => section.FindAll("fingerprint"))
            .Select(value => Fingerprint.TryParse(value))
            .OfType<Fingerprint>()
            .Distinct()
            .Take(16)
            .ToList();
        if (Fingerprints.Count == 0)
        {
            throw new OfferRejectedException(
                OfferRejection.NoDtls,
                "The offer has no certificate fingerprint: a=fingerprint with sha-256, sha-384 or sha-512 is needed.");
        }

        WeConnect = Find(description, "setup") switch
        {
            null or "actpass" or "active" => false,
            "passive" => true,
            _ => throw new OfferRejectedException(
                OfferRejection.NoDtls, "The offer's a=setup is none of actpass, active and passive."),
        };
    }

    string? Find(SdpDescription description, string name) =>
        Tagged().Concat(Transported).Select(media => media.Line.Find(name)).FirstOrDefault(value => value is not null)
        ?? description.Find(name);

    IEnumerable<OfferedMedia> Tagged() =>
        Bundle.Length == 0 ? [] : Transported.Where(media => media.Mid == Bundle[0]);

    static string[] ReadBundle(SdpDescription description)
    {
        foreach (var group in description.FindAll("group"))
        {
            var parts = group.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length > 1 && parts[0] == "BUNDLE")
                return parts[1..];
        }

        return [];
    }
}
