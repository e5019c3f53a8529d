namespace LiveFace.Rooms;

/// <summary>A room's publisher and viewers at one moment. A change makes a new value, so that reading takes no lock.</summary>
internal sealed record RoomMembers(RoomSession? Publisher, int Source, RoomSession[] Viewers)
{
    public static RoomMembers Nobody { get; } = new(null, 0, []);

    /// <summary>Everybody who gets the picture.</summary>
    public Pipeline.IVideoOutlet[] Outlets() =>
    [
        .. Publisher is { WatchesVideo: true } publisher ? (Pipeline.IVideoOutlet[])[publisher] : [],
        .. Viewers.Where(viewer => viewer.WatchesVideo),
    ];

    public RoomMembers With(RoomSession viewer) => this with { Viewers = [.. Viewers, viewer] };

    public RoomMembers Without(RoomSession session) => session == Publisher
        ? this with { Publisher = null }
        : this with { Viewers = [.. Viewers.Where(viewer => viewer != session)] };

    /// <summary>Refuses one viewer more where there is nothing to see, or nowhere to sit.</summary>
    /// <exception cref="RoomRefusedException">It is so.</exception>
    public void RefuseUnwatchable(int mostViewers)
    {
        if (Publisher is null)
            throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));
        if (Viewers.Length >= mostViewers)
            throw new RoomRefusedException(RoomRefusal.RoomFull, $"This room has its {mostViewers} viewers.", TimeSpan.FromSeconds(10));
    }
}
