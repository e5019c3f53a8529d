using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Sdp;

/// <summary>What an offer and a policy make together: for each media section the media agreed on, or null if rejected.</summary>
internal sealed class NegotiatedSession
{
    NegotiatedSession(OfferedSession offer, IReadOnlyList<NegotiatedMedia?> sections)
    {
        Offer = offer;
        Sections = sections;
    }

    public OfferedSession Offer { get; }

    /// <summary>As many as the offer has, in its order (RFC 3264 6).</summary>
    public IReadOnlyList<NegotiatedMedia?> Sections { get; }

    public IReadOnlyList<NegotiatedMedia> Media => Sections.OfType<NegotiatedMedia>().ToList();

    public MediaDirections Directions
    {
        get
        {
            var directions = MediaDirections.None;
            foreach (var media in Media)
            {
                if (media.Direction.HasFlag(MediaDirection.ReceiveOnly))
                    directions |= Receive(media.Kind);
                if (media.Direction.HasFlag(MediaDirection.SendOnly))
                    directions |= Send(media.Kind);
            }

            return directions;
        }
    }

    /// <summary>Cuts an offer down to a policy.</summary>
    /// <exception cref="OfferRejectedException">Nothing is left.</exception>
    public static NegotiatedSession Create(OfferedSession offer, MediaPolicy policy, LocalSources sources)
    {
        var left = policy.Directions;
        var sections = new NegotiatedMedia?[offer.Media.Count];
        for (var i = 0; i < sections.Length; i++)
        {
            var media = offer.Media[i];
            if (!offer.Transported.Contains(media))
                continue;

            var codec = media.Kind is MediaKind.Video ? CodecChoice.Video(media, policy.VideoCodecs) : CodecChoice.Audio(media);
            if (codec is null)
                continue;

            // One stream of a kind each way: what a section takes, later ones do not get.
            var kind = media.Kind!.Value;
            var direction = MediaDirection.Inactive;
            if (media.TheySend && left.HasFlag(Receive(kind)))
                direction |= MediaDirection.ReceiveOnly;
            if (media.TheyReceive && left.HasFlag(Send(kind)))
                direction |= MediaDirection.SendOnly;
            left &= ~((direction.HasFlag(MediaDirection.ReceiveOnly) ? Receive(kind) : 0)
                | (direction.HasFlag(MediaDirection.SendOnly) ? Send(kind) : 0));
            sections[i] = Describe(media, i, codec, direction, sources);
        }

        var session = new NegotiatedSession(offer, sections);
        if (session.Directions is MediaDirections.None)
            throw NothingLeft(offer, policy);
        return session;
    }

    static NegotiatedMedia Describe(
        OfferedMedia media, int index, NegotiatedCodec codec, MediaDirection direction, LocalSources sources)
    {
        var (ssrc, rtx) = sources.For(index);
        return new()
        {
            Mid = media.Mid ?? index.ToString(),
            Kind = media.Kind!.Value,
            Direction = direction,
            Codecs = [codec],
            Extensions = HeaderExtensionUris.ForKind(media.Extensions, media.Kind.Value),
            RemoteSources = media.Sources,
            LocalSsrc = ssrc,
            LocalRtxSsrc = codec.RtxPayloadType is null ? 0 : rtx,
            ReducedSizeRtcp = media.HasReducedSizeRtcp,
        };
    }

    static OfferRejectedException NothingLeft(OfferedSession offer, MediaPolicy policy)
    {
        var offered = offer.Transported.SelectMany(media => media.Codecs).Select(codec => codec.Name).Distinct();
        return new(
            OfferRejection.NothingInCommon,
            $"Nothing in the offer can be used: it has {string.Join(", ", offered)}; granted are "
            + $"{string.Join(", ", policy.VideoCodecs)} and Opus, with {policy.Directions} as seen from the server.");
    }

    static MediaDirections Receive(MediaKind kind) =>
        kind is MediaKind.Video ? MediaDirections.ReceiveVideo : MediaDirections.ReceiveAudio;

    static MediaDirections Send(MediaKind kind) =>
        kind is MediaKind.Video ? MediaDirections.SendVideo : MediaDirections.SendAudio;
}
