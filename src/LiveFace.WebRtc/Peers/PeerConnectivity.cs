using System.Net;
using System.Security.Cryptography;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// The paths of one peer: which are validated, which one is sent on, and when it was heard last. The newest nominated
/// path that has consent wins, so a client that moves from one network to another takes its session along.
/// </summary>
internal sealed class PeerConnectivity(
    IPathOwner owner, IceLiteAgent agent, PathTable table, TimeSpan consentTimeout, TimeSpan now)
{
    /// <summary>A browser with several networks makes a dozen; more is abuse, and the stalest goes.</summary>
    const int MaximumPaths = 32;

    readonly Lock _lock = new();
    readonly List<PeerPath> _paths = [];
    readonly byte[] _tieBreaker = RandomNumberGenerator.GetBytes(8);
    volatile PeerPath? _selected;
    volatile PeerPath? _consented;
    PeerPath? _nominee;
    bool _nominated;
    TimeSpan _lastHeard = now;

    /// <summary>Where the handshake goes. Until it is done that path need not have consent.</summary>
    public PeerPath? Selected => _selected;

    /// <summary>Where media goes: the selected path, once it has consent (RFC 7675).</summary>
    public PeerPath? Consented => _consented;

    public int Changes { get; private set; }

    public long ConsentRequestsSent { get; private set; }

    public long ResponsesReceived { get; private set; }

    /// <summary>When the session is over if nothing more comes: with the consent of its path.</summary>
    public TimeSpan Gone => _consented?.Consent.Until ?? _lastHeard + consentTimeout;

    /// <summary>When <see cref="OnTimer"/> wants to be called.</summary>
    public TimeSpan NextDeadline { get; private set; } = TimeSpan.MaxValue;

    public IceCredentials Credentials => agent.Local;

    public string RemoteUfrag => agent.RemoteUfrag;

    /// <summary>Takes a check, answers it and follows it. Gives credentials that are out of use from now on.</summary>
    public IceVerdict OnCheck(
        in StunMessage check, IPacketLink link, SocketAddress from, in PathKey key, TimeSpan now, out IceCredentials? retired)
    {
        Span<byte> response = stackalloc byte[IceLiteAgent.MaximumResponse];
        int length;
        IceVerdict verdict;
        lock (_lock)
        {
            verdict = agent.Handle(check, key.Remote, response, out length, out var generation, out retired);
            if (verdict is IceVerdict.Valid or IceVerdict.Nominated && !Follow(verdict, generation, link, from, key, now))
                return IceVerdict.Ignored;
        }

        if (length > 0)
            link.Send(response[..length], from);
        OnTimer(now);
        return verdict;
    }

    /// <summary>Takes the response to a request of ours. False if none was sent over this path or it is not authentic.</summary>
    public bool OnResponse(in StunMessage response, PeerPath path, TimeSpan now)
    {
        lock (_lock)
        {
            if (!_paths.Contains(path) || !path.Consent.TryAnswer(response, path.Generation, now))
                return false;
            ResponsesReceived++;
            _lastHeard = path.LastReceived = now;
            Consent(path, now);
            return true;
        }
    }

    /// <summary>The client took the handshake over this path, so it receives there.</summary>
    public void OnHandshakeOver(PeerPath path, TimeSpan now)
    {
        lock (_lock)
        {
            path.Consent.Prove(now);
            Consent(path, now);
        }
    }

    /// <summary>Sends the requests for consent that are due.</summary>
    public void OnTimer(TimeSpan now)
    {
        if (_selected is { } selected)
            AskIfDue(selected, now);
        if (_nominee is { } nominee)
            AskIfDue(nominee, now);
        lock (_lock)
            SetDeadline();
    }

    public IceCredentials? Restart(IceCredentials local, string remoteUfrag, string remotePassword)
    {
        lock (_lock)
            return agent.Restart(local, remoteUfrag, remotePassword);
    }

    /// <summary>An authentic packet came.</summary>
    public void Heard(PeerPath path, TimeSpan now)
    {
        _lastHeard = now;
        path.Consent.Heard(now);
    }

    /// <summary>A path is gone, as its connection closed. True if another one took its place.</summary>
    public bool Remove(PeerPath path, TimeSpan now)
    {
        lock (_lock)
        {
            Drop(path);
            if (_nominee == path)
                _nominee = null;
            if (_selected != path)
                return false;
            _selected = _paths.MaxBy(other => other.LastReceived);
            _consented = null;
            if (_selected is null)
                return false;
            if (_selected.Consent.IsHeld(now))
                _consented = _selected;
            else
                _selected.Consent.Ask(now);
            SetDeadline();
            return true;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            while (_paths.Count > 0)
                Drop(_paths[^1]);
        }
    }

    bool Follow(
        IceVerdict verdict, IceGeneration generation, IPacketLink link, SocketAddress from, in PathKey key, TimeSpan now)
    {
        if (owner.IsOver)
            return false;

        var path = Find(key);
        if (path is null)
        {
            path = new PeerPath(key, link, from, owner, new(consentTimeout)) { Generation = generation, LastReceived = now };
            if (!table.TryAdd(path, now))
                return false;
            if (_paths.Count >= MaximumPaths)
                Drop(_paths.Where(other => other != _selected && other != _nominee).MinBy(other => other.LastReceived)!);
            _paths.Add(path);
            if (link is TcpLink tcp)
            {
                // The connection itself shows who is at its other end.
                tcp.IsValidated = true;
                path.Consent.Prove(now);
            }
        }

        path.Generation = generation;
        _lastHeard = path.LastReceived = now;
        if (verdict is IceVerdict.Nominated)
            Nominate(path, now);
        else if (!_nominated && _selected is null)
            Select(path, now);
        if ((path == _selected || path == _nominee) && !path.Consent.IsHeld(now))
            path.Consent.Ask(now);
        SetDeadline();
        return true;
    }

    /// <summary>
    /// While media runs over a path with consent, it stays there until the nominated one has consent too. Before, the
    /// handshake follows at once.
    /// </summary>
    void Nominate(PeerPath path, TimeSpan now)
    {
        _nominated = true;
        if (path == _selected)
            _nominee = null;
        else if (_consented is null || path.Consent.IsHeld(now))
            Select(path, now);
        else
            _nominee = path;
    }

    void Select(PeerPath path, TimeSpan now)
    {
        if (_selected is not null)
            Changes++;
        _selected = path;
        _consented = path.Consent.IsHeld(now) ? path : null;
        _nominee = null;
    }

    void Consent(PeerPath path, TimeSpan now)
    {
        if (path == _nominee)
            Select(path, now);
        else if (path == _selected)
            _consented = path;
        SetDeadline();
    }

    void AskIfDue(PeerPath path, TimeSpan now)
    {
        Span<byte> request = stackalloc byte[PathConsent.MaximumCheck];
        int length;
        lock (_lock)
        {
            if (now < path.Consent.NextCheck)
                return;
            length = path.Consent.WriteCheck(path.Generation, _tieBreaker, request, now);
            ConsentRequestsSent++;
        }

        path.Send(request[..length]);
    }

    void SetDeadline()
    {
        var selected = _selected?.Consent.NextCheck ?? TimeSpan.MaxValue;
        var nominee = _nominee?.Consent.NextCheck ?? TimeSpan.MaxValue;
        NextDeadline = selected < nominee ? selected : nominee;
    }

    PeerPath? Find(in PathKey key)
    {
        foreach (var path in _paths)
        {
            if (path.Key == key)
                return path;
        }

        return null;
    }

    void Drop(PeerPath path)
    {
        _paths.Remove(path);
        table.Remove(path);
    }
}
