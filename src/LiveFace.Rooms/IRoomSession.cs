namespace LiveFace.Rooms;

/// <summary>One peer in a room.</summary>
public interface IRoomSession
{
    /// <summary>Unguessable and unique on the server.</summary>
    string Id { get; }

    /// <summary>The answer to the offer that opened the session.</summary>
    string AnswerSdp { get; }

    /// <summary>
    /// Takes a trickle-ice-sdpfrag (RFC 8840). With new ICE credentials it is a restart, and the fragment to answer with
    /// comes back; with candidates alone, null does.
    /// </summary>
    /// <exception cref="WebRtc.OfferRejectedException">The fragment does not fit the session.</exception>
    string? ApplyFragment(string sdpFragment);

    /// <summary>Completes when the session has ended, whoever ended it.</summary>
    Task Ended { get; }

    /// <summary>Says goodbye and ends the session. Safe to call more than once.</summary>
    void Close();
}
