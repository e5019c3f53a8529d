using LiveFace.Media.Codecs;
using LiveFace.Rooms.Relay;

namespace LiveFace.Rooms;

/// <content>Other nodes that pull the room for viewers of theirs.</content>
internal sealed partial class Room
{
    // Nodes by codecs; more than a cluster has.
    private const int MostFeeds = 256;

    /// <inheritdoc cref="IRelaySource.Feed"/>
    public RelayFeed Feed(VideoCodec codec, long epoch, RelayMeter meter)
    {
        var feed = new RelayFeed(codec, epoch, meter, _parts.Clock, _pipeline.WishKeyFrame, Leave);
        try
        {
            Join(feed);
            return feed;
        }
        catch (RoomRefusedException)
        {
            feed.End();
            throw;
        }
    }

    /// <summary>One feed more; <see cref="Leave(IRoomFeed)"/> takes it away.</summary>
    /// <exception cref="RoomRefusedException">Nobody publishes here, or there is no place.</exception>
    public void Join(IRoomFeed feed)
    {
        _members.RefuseEmpty();
        if (_members.Feeds.Length >= MostFeeds)
            throw new RoomRefusedException(RoomRefusal.RoomFull, $"{MostFeeds} streams of this room go to other nodes.", TimeSpan.FromSeconds(10));
        lock (_gate)
        {
            _members = _members.With(feed);
            _pipeline.SetOutlets(_members.Outlets());
            if (_ended)
                feed.End();
        }

        _voice.State();
    }

    /// <summary>A feed less.</summary>
    public void Leave(IRoomFeed feed)
    {
        lock (_gate)
        {
            _members = _members.Without(feed);
            _pipeline.SetOutlets(_members.Outlets());
            NoteEmpty();
        }

        _voice.State();
    }
}
