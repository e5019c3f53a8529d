namespace LiveFace.Rooms.Relay.Remote;

/// <summary>From where a relayed room's picture comes: from the node that owns it, and where that is this one, from the room itself.</summary>
internal sealed record RelayWays(IRelayUpstream Upstream, RoomDirectory? Here, TimeProvider Clock)
{
    /// <summary>Shows the room of this node to the lane's viewers; completes when it has ended here.</summary>
    /// <exception cref="RoomRefusedException">Nobody publishes to the room.</exception>
    public async Task ServeHereAsync(RelayLane lane, long epoch, CancellationToken cancellation)
    {
        if (Here?.Find(lane.Room) is not Room room)
            throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));
        using var feed = new LocalFeed(lane, epoch, room.Pipeline.WishKeyFrame, room.Leave);
        room.Join(feed);
        await feed.RunAsync(Clock, cancellation);
    }
}
