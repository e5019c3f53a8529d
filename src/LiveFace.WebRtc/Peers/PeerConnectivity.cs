using System.Net;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// The paths of one peer: which are validated, which one is sent on, and when it was heard last. The newest nominated
/// path wins, so a client that moves from one network to another takes its session along.
/// </summary>
internal sealed class PeerConnectivity(RtcPeer peer, IceLiteAgent agent, PathTable table, TimeSpan now)
{
    /// <summary>A browser with several networks makes a dozen; more is abuse, and the stalest goes.</summary>
    const int MaximumPaths = 32;

    readonly Lock _lock = new();
    readonly List<PeerPath> _paths = [];
    volatile PeerPath? _selected;
    bool _nominated;

    public PeerPath? Selected => _selected;

    public int Changes { get; private set; }

    /// <summary>
    /// When the other side was last heard for certain: by a check or by a packet under its keys. The session's consent
    /// to be sent to runs from here (RFC 7675 5.1). Not every client repeats its checks, but each one that takes or
    /// sends media sends packets.
    /// </summary>
    public TimeSpan LastHeard { get; private set; } = now;

    public IceCredentials Credentials => agent.Local;

    public string RemoteUfrag => agent.RemoteUfrag;

    public string RemotePassword => agent.RemotePassword;

    /// <summary>Takes a check, answers it and follows it. Gives credentials that are out of use from now on.</summary>
    public IceVerdict OnCheck(
        in StunMessage check, IPacketLink link, SocketAddress from, in PathKey key, TimeSpan now, out IceCredentials? retired)
    {
        Span<byte> response = stackalloc byte[IceLiteAgent.MaximumResponse];
        int length;
        IceVerdict verdict;
        lock (_lock)
        {
            verdict = agent.Handle(check, key.Remote, response, out length, out retired);
            if (verdict is IceVerdict.Valid or IceVerdict.Nominated && !Follow(verdict, link, from, key, now))
                return IceVerdict.Ignored;
        }

        if (length > 0)
            link.Send(response[..length], from);
        return verdict;
    }

    public IceCredentials? Restart(IceCredentials local, string remoteUfrag, string remotePassword)
    {
        lock (_lock)
            return agent.Restart(local, remoteUfrag, remotePassword);
    }

    /// <summary>An authentic packet came.</summary>
    public void Heard(TimeSpan now) => LastHeard = now;

    /// <summary>A path is gone, as its connection closed.</summary>
    public void Remove(PeerPath path)
    {
        lock (_lock)
        {
            Drop(path);
            if (_selected == path)
                _selected = _paths.MaxBy(other => other.LastReceived);
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

    bool Follow(IceVerdict verdict, IPacketLink link, SocketAddress from, in PathKey key, TimeSpan now)
    {
        if (peer.State is RtcPeerState.Closed)
            return false;

        var path = Find(key);
        if (path is null)
        {
            path = new PeerPath(key, link, from, peer) { LastReceived = now };
            if (!table.TryAdd(path, now))
                return false;
            if (_paths.Count >= MaximumPaths)
                Drop(_paths.Where(other => other != _selected).MinBy(other => other.LastReceived)!);
            _paths.Add(path);
            if (link is TcpLink tcp)
                tcp.IsValidated = true;
        }

        LastHeard = path.LastReceived = now;
        if (verdict is IceVerdict.Nominated)
            Select(path);
        else if (!_nominated)
            _selected ??= path;
        return true;
    }

    void Select(PeerPath path)
    {
        _nominated = true;
        if (_selected == path)
            return;
        if (_selected is not null)
            Changes++;
        _selected = path;
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
