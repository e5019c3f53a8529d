using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.WebRtc;

namespace LiveFace.Tests.Rooms;

/// <summary>Rooms that come, go, are full or drain.</summary>
public sealed class RoomLifeTests : RoomDirectoryTestBase
{
    [Fact]
    public void A_room_is_made_when_it_is_asked_for_and_is_the_same_from_then_on()
    {
        using var rooms = Rooms();
        rooms.Find("a").ShouldBeNull();
        var room = rooms.GetOrAdd("a");
        rooms.GetOrAdd("a").ShouldBeSameAs(room);
        rooms.Find("a").ShouldBeSameAs(room);
        room.Policy.Preset.ShouldBe("blur-faces");
        room.State.Cover.ShouldBe(RoomCover.NoPicture);
    }

    [Fact]
    public void There_are_no_more_rooms_than_the_settings_say()
    {
        using var rooms = Rooms(options => options.MaximumRooms = 2);
        rooms.GetOrAdd("a");
        rooms.GetOrAdd("b");
        Should.Throw<RoomRefusedException>(() => rooms.GetOrAdd("c")).Reason.ShouldBe(RoomRefusal.RoomsFull);
        rooms.GetOrAdd("a").Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_room_that_nobody_is_in_goes_away_and_one_with_an_observer_stays()
    {
        using var rooms = Rooms(options => options.IdleSeconds = 1);
        rooms.GetOrAdd("idle");
        using var seat = rooms.GetOrAdd("watched").Observe(new RoomListener());
        await Eventually.IsAsync(() => rooms.Find("idle") is null);
        rooms.Find("watched").ShouldNotBeNull();
    }

    [Fact]
    public void A_room_without_a_publisher_cannot_be_watched_and_an_offer_that_is_none_leaves_it_as_it_is()
    {
        using var rooms = Rooms();
        var room = rooms.GetOrAdd("empty");
        Should.Throw<RoomRefusedException>(() => room.View("v=0")).Reason.ShouldBe(RoomRefusal.RoomEmpty);
        Should.Throw<OfferRejectedException>(() => room.Publish("nonsense", watchesToo: true, takeOver: true, PublisherWishes.None));
        room.State.Publisher.ShouldBeNull();
    }

    [Fact]
    public void A_full_machine_takes_no_new_publisher()
    {
        // Any load at all is over this line.
        using var rooms = Rooms(options => options.FullAt = double.Epsilon, measured: true);
        var refused = Should.Throw<RoomRefusedException>(() => rooms.GetOrAdd("a").Publish("v=0", false, true, PublisherWishes.None));
        refused.Reason.ShouldBe(RoomRefusal.TooBusy);
        refused.RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_server_that_drains_tells_everybody_and_takes_nobody_new()
    {
        using var rooms = Rooms();
        var listener = new RoomListener();
        using var seat = rooms.GetOrAdd("a").Observe(listener);
        await rooms.DrainAsync(TestContext.Current.CancellationToken);
        listener.Ended.ShouldBeTrue();
        Should.Throw<RoomRefusedException>(() => rooms.GetOrAdd("b")).Reason.ShouldBe(RoomRefusal.ShuttingDown);
    }

    [Fact]
    public void Those_who_watch_names_hear_of_changes_until_they_leave()
    {
        using var rooms = Rooms();
        var heard = new List<RoomState>();
        var seat = rooms.Watch(heard.Add);
        rooms.GetOrAdd("a").TrySetPolicy(PolicyPresets.CoverEverything, null, out _);
        heard.ShouldHaveSingleItem().PolicyVersion.ShouldBe(2);
        seat.Dispose();
        rooms.GetOrAdd("a").TrySetPolicy(PolicyPresets.BlurFaces, null, out _);
        heard.Count.ShouldBe(1);
    }
}
