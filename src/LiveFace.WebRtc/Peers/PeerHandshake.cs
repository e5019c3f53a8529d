using System.Net;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// The DTLS side of one peer. Packet threads only put datagrams into a short queue here; the cryptography runs on the
/// handshake worker, so that no other peer's packets wait for it.
/// </summary>
internal sealed class PeerHandshake(
    IHandshakeOwner owner, PeerConnectivity connectivity, HandshakeWorker worker, EndpointCounters counters)
{
    const int MaximumWaiting = 32;

    /// <summary>An honest handshake takes about ten datagrams each way; retransmissions and loss make it some more.</summary>
    const int MaximumDatagrams = 256;

    readonly Lock _lock = new();
    readonly Queue<byte[]> _waiting = [];
    DtlsSession? _session;
    IPAddress? _countedFor;
    PeerPath? _over;
    bool _moved;
    int _datagrams;
    bool _scheduled;
    bool _startWanted;
    bool _closing;
    bool _released;
    TimeSpan _deadline = TimeSpan.MaxValue;

    /// <summary>When <see cref="OnTimer"/> wants to be called.</summary>
    public TimeSpan NextDeadline => _deadline;

    public string State { get; private set; } = "new";

    public string? Cipher { get; private set; }

    /// <summary>Takes a datagram from a validated path.</summary>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (!DtlsRecords.AreWellFormed(datagram))
        {
            counters.Drop(DropReason.BadDtls);
            return;
        }

        lock (_lock)
        {
            if (_closing || _waiting.Count >= MaximumWaiting || _datagrams >= MaximumDatagrams)
            {
                counters.Drop(DropReason.HandshakeLimit);
                return;
            }

            _datagrams++;
            _waiting.Enqueue(datagram.ToArray());
        }

        Schedule();
    }

    /// <summary>We are the client: the first flight goes out on the path that was just nominated.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_startWanted || _session is not null)
                return;
            _startWanted = true;
        }

        Schedule();
    }

    public void OnTimer(TimeSpan now)
    {
        if (now >= _deadline)
            Schedule();
    }

    /// <summary>Says goodbye and frees everything, on the worker.</summary>
    public void Close()
    {
        lock (_lock)
            _closing = true;
        Schedule();
    }

    /// <summary>Work failed: the session ends, and when ending it is what failed, without a goodbye.</summary>
    public void GiveUp()
    {
        if (_closing)
            Release();
        else
            owner.CloseFor(CloseReason.Failed);
    }

    /// <summary>What there is to do; called by the worker alone.</summary>
    public void Work(TimeSpan now)
    {
        // Asked once: whoever closes the peer while this runs has it scheduled again, and the goodbye is said then.
        bool closing;
        lock (_lock)
        {
            _scheduled = false;
            closing = _closing;
        }

        if (_released)
            return;

        var wasConnected = _session?.State is DtlsState.Connected;
        if (Ready(closing))
            Advance(closing, now);
        if (_session is { } session)
            Follow(session, wasConnected, now);
        if (closing)
            Release();
    }

    /// <summary>Makes the session when the first datagram comes, within what one source address may have.</summary>
    bool Ready(bool closing)
    {
        if (_session is not null || closing)
            return _session is not null;
        if (!_startWanted && _waiting.Count == 0)
            return false;
        if (connectivity.Selected is not { } path)
            return false;

        var source = path.Key.Remote.ToIPAddress();
        if (!worker.Quota.TryTake(source))
        {
            // The client sends its flight again a little later; by then others may be done.
            counters.Drop(DropReason.HandshakeLimit);
            lock (_lock)
                _waiting.Clear();
            return false;
        }

        _countedFor = source;
        _session = owner.CreateDtls();
        State = "connecting";
        if (_startWanted)
            _session.Start();
        return true;
    }

    void Advance(bool closing, TimeSpan now)
    {
        while (true)
        {
            byte[]? datagram;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out datagram))
                    break;
            }

            _session!.Receive(datagram);
        }

        if (now >= _deadline)
            _session!.HandleTimeout();
        if (closing)
            _session!.Close();
    }

    void Follow(DtlsSession session, bool wasConnected, TimeSpan now)
    {
        // Keys are in place before our last flight leaves, because media follows right behind it.
        if (session.State is DtlsState.Connected && !wasConnected)
        {
            State = "connected";
            Cipher = session.Incoming.Profile.ToString();
            ReturnQuota();
            lock (_lock)
                _datagrams = 0;
            // Its Finished depends on what we sent, so whoever made it received all of that (RFC 5246 7.4.9).
            if (_over is { } path && !_moved)
                connectivity.OnHandshakeOver(path, now);
            owner.OnHandshakeDone(session, now);
        }

        while (session.TakeDatagram() is { IsEmpty: false } datagram)
            Send(datagram);

        _deadline = session.TimeToTimeout() is { } left ? now + left : TimeSpan.MaxValue;
        owner.Wake(_deadline);
        if (session.State is DtlsState.Failed)
            owner.CloseFor(session.WrongCertificate ? CloseReason.WrongCertificate : CloseReason.HandshakeFailed);
        else if (session.State is DtlsState.Closed && !_closing)
            owner.CloseFor(CloseReason.ClosedByPeer);
    }

    void Send(ReadOnlySpan<byte> datagram)
    {
        if (connectivity.Selected is not { } path)
            return;
        _moved |= _over is not null && _over != path;
        _over = path;
        path.Send(datagram);
    }

    void Release()
    {
        if (_released)
            return;
        _released = true;
        State = "closed";
        ReturnQuota();
        _deadline = TimeSpan.MaxValue;
        _session?.Dispose();
        _session = null;
        lock (_lock)
            _waiting.Clear();
        owner.OnReleased();
    }

    void ReturnQuota()
    {
        if (_countedFor is { } source)
            worker.Quota.Return(source);
        _countedFor = null;
    }

    void Schedule()
    {
        lock (_lock)
        {
            if (_scheduled)
                return;
            _scheduled = true;
        }

        worker.Enqueue(this);
    }
}
