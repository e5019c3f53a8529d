using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>
/// A room's publisher, its viewers, and the other nodes that pull it for theirs, at one moment. A change makes a new value,
/// so that reading takes no lock.
/// </summary>
internal sealed record RoomMembers(RoomSession? Publisher, int Source, RoomSession[] Viewers, IRoomFeed[] Feeds)
{
    public static RoomMembers Nobody { get; } = new(null, 0, [], []);

    public bool IsNobody => this is { Publisher: null, Viewers.Length: 0, Feeds.Length: 0 };

    /// <summary>Who watches, here and on other nodes.</summary>
    public int ViewerCount
    {
        get
        {
            var count = Viewers.Length;
            foreach (var feed in Feeds)
                count += feed.Watching;
            return count;
        }
    }

    /// <summary>Everybody who gets the picture.</summary>
    public Pipeline.IVideoOutlet[] Outlets() =>
    [
        .. Publisher is { WatchesVideo: true } publisher ? (Pipeline.IVideoOutlet[])[publisher] : [],
        .. Viewers.Where(viewer => viewer.WatchesVideo),
        .. Feeds,
    ];

    public RoomMembers With(RoomSession viewer) => this with { Viewers = [.. Viewers, viewer] };

    public RoomMembers With(IRoomFeed feed) => this with { Feeds = [.. Feeds, feed] };

    public RoomMembers Without(RoomSession session) => session == Publisher
        ? this with { Publisher = null }
        : this with { Viewers = [.. Viewers.Where(viewer => viewer != session)] };

    public RoomMembers Without(IRoomFeed feed) => this with { Feeds = [.. Feeds.Where(other => other != feed)] };

    /// <summary>Refuses one viewer more where there is nothing to see, or nowhere to sit.</summary>
    /// <exception cref="RoomRefusedException">It is so.</exception>
    public void RefuseUnwatchable(int mostViewers)
    {
        RefuseEmpty();
        if (Viewers.Length >= mostViewers)
            throw new RoomRefusedException(RoomRefusal.RoomFull, $"This room has its {mostViewers} viewers.", TimeSpan.FromSeconds(10));
    }

    /// <exception cref="RoomRefusedException">There is nothing to see.</exception>
    public void RefuseEmpty()
    {
        if (Publisher is null)
            throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));
    }

    /// <summary>Passes a packet of the publisher's sound on.</summary>
    public void Send(in OutgoingAudioPacket packet)
    {
        foreach (var viewer in Viewers)
            viewer.Hear(packet);
        foreach (var feed in Feeds)
            feed.Send(packet);
    }

    /// <summary>Says goodbye to everybody.</summary>
    public void Close()
    {
        Publisher?.Close();
        foreach (var viewer in Viewers)
            viewer.Close();
        foreach (var feed in Feeds)
            feed.End();
    }
}
