using System.Net;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Peers;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Endpoint;

/// <summary>What paths, handshake and timers bring to a peer.</summary>
public sealed partial class RtcPeer : IPathOwner, IHandshakeOwner, ITimed
{
    bool IPathOwner.IsOver => State is RtcPeerState.Closed;

    TimeSpan ITimed.WakesAt { get; set; } = TimeSpan.MaxValue;

    void IHandshakeOwner.Wake(TimeSpan at) => Wake(at);

    void IHandshakeOwner.CloseFor(CloseReason reason) => CloseFor(reason);

    DtlsSession IHandshakeOwner.CreateDtls() => new(
        _endpoint.Dtls, isServer: !_negotiated.Offer.WeConnect, _negotiated.Offer.Fingerprints, _endpoint.Options.MaximumPacketSize);

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

    void IPathOwner.OnResponse(in StunMessage response, PeerPath path, TimeSpan now)
    {
        if (!_connectivity.OnResponse(response, path, now))
            _endpoint.Counters.Drop(DropReason.CheckRefused);
        Wake(_connectivity.NextDeadline);
    }

    void IPathOwner.OnDtls(PeerPath path, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        path.LastReceived = now;
        _media.Transport.Received(datagram.Length);
        _handshake.Receive(datagram);
    }

    void IPathOwner.OnSrtp(PeerPath path, Span<byte> packet, TimeSpan now)
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

    void IPathOwner.OnPathClosed(PeerPath path)
    {
        var now = _endpoint.Now;
        if (_connectivity.Remove(path, now))
            Wake(now);
    }

    void IHandshakeOwner.OnHandshakeDone(DtlsSession session, TimeSpan now)
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

    void OnFailure(Exception error)
    {
        _endpoint.Counters.Fail("webrtc session", error);
        CloseFor(CloseReason.Failed);
    }

    TimeSpan ITimed.OnTimer(TimeSpan now)
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

    void IHandshakeOwner.OnReleased()
    {
        _media.Release();
        _connectivity.Close();
        _endpoint.Remove(this);
    }

    void Wake(TimeSpan at) => _endpoint.Timers.WakeAt(this, at);

    static TimeSpan Earliest(params ReadOnlySpan<TimeSpan> times)
    {
        var earliest = TimeSpan.MaxValue;
        foreach (var time in times)
            earliest = time < earliest ? time : earliest;
        return earliest;
    }
}
