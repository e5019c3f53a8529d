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
        _members.RefuseEmpty();
        if (_members.Feeds.Length >= MostFeeds)
            throw new RoomRefusedException(RoomRefusal.RoomFull, $"{MostFeeds} streams of this room go to other nodes.", TimeSpan.FromSeconds(10));
        var feed = new RelayFeed(codec, epoch, meter, _parts.Clock, _pipeline.WishKeyFrame, Leave);
        lock (_gate)
        {
            _members = _members.With(feed);
            _pipeline.SetOutlets(_members.Outlets());
            if (_ended)
                feed.End();
        }

        _voice.State();
        return feed;
    }

    private void Leave(RelayFeed feed)
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
