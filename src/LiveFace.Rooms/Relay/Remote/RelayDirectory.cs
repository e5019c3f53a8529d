using System.Collections.Concurrent;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>
/// The rooms of other nodes that somebody watches here: pulled when the first comes, let go when the last has left.
/// Safe to call from any thread.
/// </summary>
/// <param name="parts">What it shares with the rooms of this node.</param>
/// <param name="upstream">The way to other nodes.</param>
/// <param name="meter">Where it is counted.</param>
/// <param name="here">The rooms of this node, for those that come to it while somebody watches them through here.</param>
public sealed partial class RelayDirectory(RoomParts parts, IRelayUpstream upstream, RelayMeter meter, RoomDirectory? here = null)
{
    private readonly RelayWays _ways = new(upstream, here, parts.Clock);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RelayedRoom> _rooms = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile bool _draining;

    /// <summary>What it counts.</summary>
    public RelayMeter Meter => meter;

    /// <summary>Rooms that are pulled now.</summary>
    public int Rooms => _rooms.Count;

    /// <summary>Who watches them here.</summary>
    public int Viewers => _rooms.Values.Sum(room => room.Viewers);

    /// <summary>Answers the offer of somebody who watches, where another node has the room; null where none does.</summary>
    /// <exception cref="RoomRefusedException">Nobody publishes there, the owner cannot be reached, or there is no place.</exception>
    /// <exception cref="OfferRejectedException">The offer cannot be answered.</exception>
    public async Task<IRoomSession?> TryViewAsync(string room, string offerSdp, CancellationToken cancellation) =>
        _rooms.ContainsKey(room) || await upstream.IsElsewhereAsync(room, cancellation) ? await ViewAsync(room, offerSdp) : null;

    /// <summary>Answers the offer of somebody who watches a room that another node owns.</summary>
    /// <exception cref="RoomRefusedException">Nobody publishes there, the owner cannot be reached, or there is no place.</exception>
    /// <exception cref="OfferRejectedException">The offer cannot be answered.</exception>
    public async Task<IRoomSession> ViewAsync(string room, string offerSdp)
    {
        RefuseDraining();
        var answer = parts.Endpoint.Accept(offerSdp, parts.MediaFor(MediaDirections.SendVideo | MediaDirections.SendAudio));
        var session = new RoomSession(answer.Peer, answer.Sdp, publishes: false, parts.Clock.GetUtcNow());
        try
        {
            var joined = Join(room, session);
            Attach(joined, session);
            await joined.FirstOpened.WaitAsync(FirstWait, parts.Clock);
            return session;
        }
        catch (TimeoutException)
        {
            session.Close();
            throw new RoomRefusedException(RoomRefusal.TooBusy, "The node that has this room does not answer.", TimeSpan.FromSeconds(5));
        }
        catch
        {
            session.Close();
            throw;
        }
    }

    /// <summary>Takes nobody in any more, says goodbye to all, and returns when nothing is pulled.</summary>
    public async Task DrainAsync()
    {
        _draining = true;
        var rooms = _rooms.Values.ToArray();
        var pullers = rooms.Select(room => room.PullersDone()).ToArray();
        foreach (var room in rooms)
            room.End();
        await Task.WhenAll(pullers);
    }

    /// <summary>Adds a viewer; <see cref="RelayedRoom.Leave"/> takes it away.</summary>
    internal RelayedRoom Join(string name, IRelayedOutlet viewer)
    {
        while (true)
        {
            var room = GetOrAdd(name);
            if (room.TryJoin(viewer))
                return room;
            Forget(room);
        }
    }

    private RelayedRoom GetOrAdd(string name)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(name, out var known))
                return known;
            RefuseDraining();
            if (_rooms.Count >= parts.Options.MaximumRooms)
                throw new RoomRefusedException(RoomRefusal.RoomsFull,
                    $"The server pulls {parts.Options.MaximumRooms} rooms from other nodes already.", TimeSpan.FromSeconds(10));
            return _rooms[name] = new RelayedRoom(name, parts, _ways, meter, Forget);
        }
    }

    private void Forget(RelayedRoom room) => _rooms.TryRemove(new KeyValuePair<string, RelayedRoom>(room.Name, room));

    private void RefuseDraining()
    {
        if (_draining)
            throw new RoomRefusedException(RoomRefusal.ShuttingDown, "The server is stopping.", TimeSpan.FromSeconds(3));
    }

    private void Attach(RelayedRoom room, RoomSession session)
    {
        void Wish(RtcPeer peer)
        {
            if (peer.NegotiatedVideoCodec is { } codec && CodecNames.FromRtc(codec) is { } video)
                room.WishKeyFrame(video);
        }

        session.Peer.Connected = peer =>
        {
            LogBegan(parts.Logger, room.Name);
            Wish(peer);
        };
        session.Peer.KeyFrameRequested = Wish;
        session.Peer.Closed = (_, reason) =>
        {
            LogEnded(parts.Logger, room.Name, reason);
            Leave(room, session);
        };

        // It may have closed before anybody listened.
        if (session.Peer.State == RtcPeerState.Closed)
            Leave(room, session);
    }

    private static void Leave(RelayedRoom room, RoomSession session)
    {
        room.Leave(session);
        session.MarkEnded();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} of another node: somebody began watching")]
    private static partial void LogBegan(ILogger logger, string room);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} of another node: somebody ended watching ({Reason})")]
    private static partial void LogEnded(ILogger logger, string room, CloseReason reason);
}
