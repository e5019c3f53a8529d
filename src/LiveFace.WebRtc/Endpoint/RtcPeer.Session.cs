using System.Net;
using System.Security.Cryptography;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Peers;
using LiveFace.WebRtc.Sdp;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Endpoint;

/// <summary>The inside of a peer: it joins connectivity, handshake and media, and knows when the session ends.</summary>
public sealed partial class RtcPeer
{
    const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    readonly RtcEndpoint _endpoint;
    readonly MediaPolicy _policy;
    readonly LocalSources _sources = new();
    readonly Lock _negotiation = new();
    readonly PeerConnectivity _connectivity;
    readonly PeerHandshake _handshake;
    readonly PeerMedia _media;
    readonly TimeSpan _createdAt;
    readonly ulong _sdpSessionId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 2;
    volatile NegotiatedSession _negotiated;
    int _sdpVersion;
    int _state;

    internal RtcPeer(RtcEndpoint endpoint, OfferedSession offer, MediaPolicy policy)
    {
        Id = RandomNumberGenerator.GetString(IdCharacters, 22);
        _endpoint = endpoint;
        _policy = policy;
        _createdAt = endpoint.Now;
        _negotiated = NegotiatedSession.Create(offer, policy, _sources);
        var agent = new IceLiteAgent(IceCredentials.Create(), offer.Ufrag, offer.Password);
        _connectivity = new PeerConnectivity(this, agent, endpoint.Paths, endpoint.Options.ConsentTimeout, _createdAt);
        _handshake = new PeerHandshake(this, _connectivity, endpoint.Handshakes, endpoint.Counters);
        _media = new PeerMedia(_connectivity, _negotiated.Media, SessionOptions(), endpoint.Counters, endpoint.Options.Gate, this);
    }

    internal PeerHandshake Handshake => _handshake;

    internal IceCredentials Credentials => _connectivity.Credentials;

    internal string WriteAnswer()
    {
        var transport = new AnswerTransport(_connectivity.Credentials, _endpoint.Candidates, _endpoint.Certificate.Fingerprint);
        return new AnswerWriter(_negotiated, transport, _sources, _policy.MaximumReceiveBitrate)
            .Write(_sdpSessionId, ++_sdpVersion);
    }

    internal void CloseFor(CloseReason reason)
    {
        if (Interlocked.Exchange(ref _state, (int)RtcPeerState.Closed) == (int)RtcPeerState.Closed)
            return;

        try
        {
            _media.Close(_endpoint.Now);
        }
        finally
        {
            _handshake.Close();
            Guard(() => Closed?.Invoke(this, reason));
        }
    }

    string? ApplyIceFragment(string sdpFragment)
    {
        var fragment = IceFragment.Read(sdpFragment);
        lock (_negotiation)
        {
            if (fragment.Ufrag is null || fragment.Ufrag == _connectivity.RemoteUfrag)
                return null;
            if (fragment.Ufrag.Length is < 4 or > 256 || fragment.Password is not { Length: >= 22 and <= 256 })
                throw new OfferRejectedException(OfferRejection.NoIce, "An ICE restart needs a new a=ice-ufrag and a=ice-pwd.");
            RestartWith(fragment.Ufrag, fragment.Password);
            var transport = new AnswerTransport(
                _connectivity.Credentials, _endpoint.Candidates, _endpoint.Certificate.Fingerprint);
            return IceFragment.Write(_negotiated, transport);
        }
    }

    string Renegotiate(string offerSdp)
    {
        var offer = OfferedSession.Read(offerSdp);
        lock (_negotiation)
        {
            var before = _negotiated;
            if (offer.Media.Count < before.Offer.Media.Count
                || !before.Offer.Media.Zip(offer.Media).All(pair => pair.First.Mid == pair.Second.Mid && pair.First.Kind == pair.Second.Kind))
            {
                throw Misfit("its media sections are not those of the session");
            }

            if (!offer.Fingerprints.SequenceEqual(before.Offer.Fingerprints))
                throw Misfit("its certificate fingerprint is not that of the session");

            var negotiated = NegotiatedSession.Create(offer, _policy, _sources);
            _negotiated = negotiated;
            if (offer.Ufrag != _connectivity.RemoteUfrag)
                RestartWith(offer.Ufrag, offer.Password);
            _media.Update(negotiated.Media, _endpoint.Now);
            Wake(_media.NextDeadline);
            return WriteAnswer();
        }
    }

    void RestartWith(string remoteUfrag, string remotePassword)
    {
        if (State is RtcPeerState.Closed)
            throw Misfit("the session is over");
        var credentials = IceCredentials.Create();
        _endpoint.Remember(credentials, this);
        if (_connectivity.Restart(credentials, remoteUfrag, remotePassword) is { } dropped)
            _endpoint.Forget(dropped);
    }

    MediaSessionOptions SessionOptions() => new()
    {
        ClockOrigin = _endpoint.ClockOrigin,
        Cname = _sources.Cname,
        StartBitrate = _policy.StartBitrate,
        MinBitrate = _policy.MinimumBitrate,
        MaxBitrate = _policy.MaximumBitrate,
        MaxReceiveBitrate = _policy.MaximumReceiveBitrate,
        MaxPlayoutDelay = _policy.MaximumPlayoutDelay,

        // What SRTP adds must still fit the datagram.
        MaxPacketSize = _endpoint.Options.MaximumPacketSize - 20,
    };

    static OfferRejectedException Misfit(string why) =>
        new(OfferRejection.DoesNotFitSession, $"The offer does not fit: {why}.");
}
