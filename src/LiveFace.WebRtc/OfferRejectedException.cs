namespace LiveFace.WebRtc;

/// <summary>An offer, or a change to a session, that cannot be answered. The message says why, for a person.</summary>
public sealed class OfferRejectedException : Exception
{
    /// <summary>Creates the exception with a reason.</summary>
    public OfferRejectedException(OfferRejection reason, string message)
        : base(message) => Reason = reason;

    /// <summary>The kind of reason, for a program.</summary>
    public OfferRejection Reason { get; }
}
