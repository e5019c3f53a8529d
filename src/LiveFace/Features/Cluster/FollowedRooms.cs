using System.Text;
using LiveFace.Cluster;
using LiveFace.Features.Rooms;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Telemetry;

namespace LiveFace.Features.Cluster;

/// <summary>
/// The rooms that somebody on this node is told of. Each is followed once: at its owner over one connection, or here; and where its owner
/// goes, at the next one, as long as somebody observes it.
/// </summary>
internal sealed class FollowedRooms(
    RoomSeeker seeker, RoomDirectory rooms, IRoomOwners owners, NodeStream stream, MemberCounts counts, FaultSink faults, TimeProvider time) : IDisposable
{
    private const int MostRooms = 5000;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (FollowedRoom Room, CancellationTokenSource Stop, TaskCompletionSource Told)> _followed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>
    /// The room, followed from now on as long as somebody observes it; its state and policy are its owner's. Whoever asked first says where it is made
    /// when nobody has it.
    /// </summary>
    public async Task<FollowedRoom> FollowAsync(string name, RoomPlace place, CancellationToken cancel)
    {
        Task told;
        FollowedRoom room;
        lock (_lock)
        {
            if (!_followed.TryGetValue(name, out var known))
            {
                if (_followed.Count >= MostRooms)
                    throw new RoomRefusedException(RoomRefusal.RoomsFull, "This node's connections are in as many rooms as they may be.", TimeSpan.FromSeconds(10));
                var stop = new CancellationTokenSource();
                known = (new FollowedRoom(name, rooms.PolicyOf(name)), stop, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                _followed[name] = known;
                _ = faults.WatchAsync("followed room", RunAsync(known.Room, place, known.Told, stop.Token), () => Drop(known.Room));
            }

            known.Room.Touch();
            (room, told) = (known.Room, known.Told.Task);
        }

        try
        {
            await told.WaitAsync(FirstWord, time, cancel);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            throw new ClusterException("The room's node does not answer.");
        }

        return room;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, stop, _) in _followed.Values)
                stop.Cancel();
            _followed.Clear();
        }
    }

    /// <summary>It is followed no more; whoever asks for it follows it anew.</summary>
    private void Drop(FollowedRoom room, bool onlyIfForgotten = false)
    {
        lock (_lock)
        {
            if (!_followed.TryGetValue(room.Name, out var known) || !ReferenceEquals(known.Room, room) || (onlyIfForgotten && !room.IsForgotten))
                return;
            _followed.Remove(room.Name);
            known.Stop.Cancel();
        }
    }

    private async Task RunAsync(FollowedRoom room, RoomPlace place, TaskCompletionSource told, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await FollowOnceAsync(room, place, told, stop);
                }
                catch (RoomRefusedException)
                {
                    // It changes its node, or nobody takes it now; what was told of it no longer holds.
                }

                Drop(room, onlyIfForgotten: true);
                room.Lost();
                await Task.Delay(BetweenTries, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody is told any more.
        }
    }

    private async Task FollowOnceAsync(FollowedRoom room, RoomPlace place, TaskCompletionSource told, CancellationToken stop)
    {
        var (seat, isNew) = await seeker.PlaceAsync(room.Name, () => Task.FromResult(place), stop);
        if (seat.Node == owners.Node)
        {
            await FollowHereAsync(room, told, stop);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var members = room.Members;
        Task? counting = null;
        try
        {
            await foreach (var line in stream.ReadAsync(seat.Address, $"/node/rooms/{room.Name}/events?members={members}", claims: isNew, stop))
            {
                counting ??= counts.RunAsync(room, seat.Address, members, over.Token);
                Take(room, line);
                Drop(room, onlyIfForgotten: true);
                if (line.State is not null)
                    told.TrySetResult();
            }
        }
        finally
        {
            await over.CancelAsync();
            await (counting ?? Task.CompletedTask);
        }
    }

    private async Task FollowHereAsync(FollowedRoom room, TaskCompletionSource told, CancellationToken stop)
    {
        var here = rooms.GetOrAdd(room.Name);
        using var observing = here.Observe(room);
        room.PolicyChanged(here.Policy);
        room.StateChanged(here.State);
        room.Here = here;
        here.MembersChanged();
        told.TrySetResult();
        while (owners.Owns(room.Name) && ReferenceEquals(rooms.Find(room.Name), here))
        {
            Drop(room, onlyIfForgotten: true);
            await Task.Delay(Look, time, stop);
        }
    }

    private static void Take(FollowedRoom room, FeedLine line)
    {
        if (line.Policy is { } json && PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var policy, out _))
            room.PolicyChanged(policy);
        if (line.State is { } state)
            room.StateChanged(state);
        if (line.Notice is { } notice)
            room.Noticed(notice);
        if (line.Detections is { } detections)
            room.DetectionsMade(detections);
        if (line.Statistics is { } statistics)
            room.Told(statistics);
        if (line.Ended)
            room.RoomEnded();
    }
}
