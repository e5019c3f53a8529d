using System.Net;
using System.Security.Cryptography;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Peers;
using LiveFace.WebRtc.Sdp;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc;

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
        _media = new PeerMedia(this, _connectivity, _negotiated.Media, SessionOptions(), endpoint.Counters);
    }

    /// <summary>When the timers will wake this peer; theirs to change.</summary>
    internal TimeSpan WakesAt { get; set; } = TimeSpan.MaxValue;

    internal PeerHandshake Handshake => _handshake;

    internal IceCredentials Credentials => _connectivity.Credentials;

    internal string WriteAnswer()
    {
        var transport = new AnswerTransport(_connectivity.Credentials, _endpoint.Candidates, _endpoint.Certificate.Fingerprint);
        return new AnswerWriter(_negotiated, transport, _sources, _policy.MaximumReceiveBitrate)
            .Write(_sdpSessionId, ++_sdpVersion);
    }

    internal DtlsSession CreateDtls() => new(
        _endpoint.Dtls, isServer: !_negotiated.Offer.WeConnect, _negotiated.Offer.Fingerprints, _endpoint.Options.MaximumPacketSize);

    internal void Wake(TimeSpan at) => _endpoint.Timers.WakeAt(this, at);

    internal void OnCheck(in StunMessage check, IPacketLink link, SocketAddress from, in PathKey key, TimeSpan now)
    {
        var verdict = _connectivity.OnCheck(check, link, from, key, now, out var retired);
        if (retired is not null)
            _endpoint.Forget(retired);
        if (verdict is IceVerdict.Ignored)
        {
            _endpoint.Counters.Drop(DropReason.CheckRefused);
            return;
        }

        Wake(_connectivity.NextDeadline);
        if (verdict is IceVerdict.Nominated && Interlocked.CompareExchange(
            ref _state, (int)RtcPeerState.Connecting, (int)RtcPeerState.New) == (int)RtcPeerState.New
            && _negotiated.Offer.WeConnect)
        {
            _handshake.Start();
        }
    }

    internal void OnResponse(in StunMessage response, PeerPath path, TimeSpan now)
    {
        if (!_connectivity.OnResponse(response, path, now))
            _endpoint.Counters.Drop(DropReason.CheckRefused);
        Wake(_connectivity.NextDeadline);
    }

    internal void OnDtls(PeerPath path, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        path.LastReceived = now;
        _media.Transport.Received(datagram.Length);
        _handshake.Receive(datagram);
    }

    internal void OnSrtp(PeerPath path, Span<byte> packet, TimeSpan now)
    {
        path.LastReceived = now;
        _media.Transport.Received(packet.Length);
        try
        {
            _media.Receive(path, packet, now);
            Wake(_media.NextDeadline);
        }
#pragma warning disable CA1031 // A failure in one session must not end the packet thread of all others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnFailure(error);
        }
    }

    internal void OnPathClosed(PeerPath path) => _connectivity.Remove(path, _endpoint.Now);

    internal void OnHandshakeDone(DtlsSession session, TimeSpan now)
    {
        _media.Start(session.Incoming, session.Outgoing, now, () =>
        {
            if (TryConnect())
                Guard(() => Connected?.Invoke(this));
        });
        Wake(_media.NextDeadline);
    }

    // A browser may finish the handshake over a pair that it has checked but not nominated: then the session is still
    // new, and connected all the same.
    bool TryConnect()
    {
        for (; ; )
        {
            var state = Volatile.Read(ref _state);
            if (state is not ((int)RtcPeerState.New or (int)RtcPeerState.Connecting))
                return false;
            if (Interlocked.CompareExchange(ref _state, (int)RtcPeerState.Connected, state) == state)
                return true;
        }
    }

    internal void OnKeyFrameWanted() => Guard(() => KeyFrameRequested?.Invoke(this));

    internal void OnTarget(long bitsPerSecond) => Guard(() => TargetBitrateChanged?.Invoke(this, bitsPerSecond));

    internal void OnHandlerThrew(Exception error) => _endpoint.Counters.Fail("webrtc handler", error, DropReason.HandlerThrew);

    internal void OnFailure(Exception error)
    {
        _endpoint.Counters.Fail("webrtc session", error);
        CloseFor(CloseReason.Failed);
    }

    /// <summary>Does what is due and says when to come again.</summary>
    internal TimeSpan OnTimer(TimeSpan now)
    {
        if (State is RtcPeerState.Closed)
            return TimeSpan.MaxValue;

        var options = _endpoint.Options;
        var gone = _connectivity.Gone;
        var unconnected = State is RtcPeerState.Connected ? TimeSpan.MaxValue : _createdAt + options.ConnectTimeout;
        if (now >= unconnected)
            CloseFor(CloseReason.NeverConnected);
        else if (now >= gone)
            CloseFor(State is RtcPeerState.Connected ? CloseReason.ConsentLost : CloseReason.NeverConnected);
        if (State is RtcPeerState.Closed)
            return TimeSpan.MaxValue;

        try
        {
            _connectivity.OnTimer(now);
            _handshake.OnTimer(now);
            if (_media.NextDeadline <= now)
                _media.Poll(now);
        }
#pragma warning disable CA1031 // A failure in one session must not end the timer of all others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnFailure(error);
            return TimeSpan.MaxValue;
        }

        var handshake = _handshake.NextDeadline > now ? _handshake.NextDeadline : TimeSpan.MaxValue;
        return Earliest(gone, unconnected, _media.NextDeadline, handshake, _connectivity.NextDeadline);
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

    /// <summary>The handshake worker has said goodbye on the wire and freed the session: nothing more is sent.</summary>
    internal void OnReleased()
    {
        _media.Release();
        _connectivity.Close();
        _endpoint.Remove(this);
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

    void Guard(Action handler)
    {
        try
        {
            handler();
        }
#pragma warning disable CA1031 // It is the application's code: whatever it throws must not stop the packet thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnHandlerThrew(error);
        }
    }

    static TimeSpan Earliest(params ReadOnlySpan<TimeSpan> times)
    {
        var earliest = TimeSpan.MaxValue;
        foreach (var time in times)
            earliest = time < earliest ? time : earliest;
        return earliest;
    }

    static OfferRejectedException Misfit(string why) =>
        new(OfferRejection.DoesNotFitSession, $"The offer does not fit: {why}.");
}
