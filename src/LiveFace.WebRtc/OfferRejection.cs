namespace LiveFace.WebRtc;

/// <summary>Why an offer was not answered.</summary>
public enum OfferRejection
{
    /// <summary>It is not SDP.</summary>
    Malformed,

    /// <summary>It is longer than 64 KiB.</summary>
    TooLong,

    /// <summary>It has no ICE username fragment and password.</summary>
    NoIce,

    /// <summary>It has no certificate fingerprint of a known hash, or a DTLS role that cannot be answered.</summary>
    NoDtls,

    /// <summary>It wants media that are not multiplexed on one transport (BUNDLE, rtcp-mux).</summary>
    NotBundled,

    /// <summary>None of its codecs is spoken here, or there is nothing in it that the policy grants.</summary>
    NothingInCommon,

    /// <summary>The change does not fit the session that stands.</summary>
    DoesNotFitSession,

    /// <summary>The endpoint has as many peers as it may have, or is stopping.</summary>
    EndpointFull,
}
