using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Tests.Rooms;

/// <summary>Whose policy holds in a room while publishers come, take over and go.</summary>
public sealed class RoomPublisherTests : IAsyncDisposable
{
    internal const string Offer =
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n" +
        "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijklmn\r\na=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:" +
        "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\na=setup:actpass\r\na=mid:0\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\n";

    private readonly RoomsRig _rig = new();

    public RoomPublisherTests() => _rig.Endpoint.Start();

    public async ValueTask DisposeAsync()
    {
        await _rig.Endpoint.DisposeAsync();
        _rig.Dispose();
    }

    [Fact]
    public async Task What_a_publisher_set_is_gone_when_they_leave_and_after_a_restart()
    {
        using (var rooms = _rig.Open())
        {
            var room = rooms.GetOrAdd("a");
            var session = Publish(room, PublisherWishes.None);
            room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
            room.Policy.NothingHidden.ShouldBeTrue();
            session.Close();
            await session.Ended;
            room.Policy.Preset.ShouldBe("blur-faces");

            // Nobody was there for a moment; whoever comes next begins with the default too.
            Publish(room, PublisherWishes.None);
            room.Policy.Preset.ShouldBe("blur-faces");
        }

        using var again = _rig.Open();
        again.PolicyOf("a").Preset.ShouldBe("blur-faces");
    }

    [Fact]
    public async Task Nobody_goes_below_a_publishers_floor_but_they_themselves()
    {
        using var rooms = _rig.Open();
        var room = rooms.GetOrAdd("a");
        var session = Publish(room, new PublisherWishes(null, PolicyPresets.HidePersons));
        HidesPersons(room).ShouldBeTrue();
        room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        HidesPersons(room).ShouldBeTrue();
        room.TrySetFloor("somebody else", null, out _).ShouldBeFalse();
        room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        HidesPersons(room).ShouldBeTrue();

        room.TrySetFloor(session.Id, null, out _).ShouldBeTrue();
        room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        HidesPersons(room).ShouldBeFalse();
        session.Close();
        await session.Ended;
        room.TrySetFloor(session.Id, PolicyPresets.HidePersons, out _).ShouldBeFalse("somebody who left has no floor");
    }

    [Fact]
    public void Who_takes_over_begins_with_the_default_and_not_with_what_the_last_one_chose()
    {
        using var rooms = _rig.Open();
        var room = rooms.GetOrAdd("a");
        Publish(room, new PublisherWishes(PolicyPresets.OverlayBoxes, null));
        room.Policy.NothingHidden.ShouldBeTrue();
        Publish(room, PublisherWishes.None);
        room.Policy.Preset.ShouldBe("blur-faces");
        room.Policy.NothingHidden.ShouldBeFalse();
    }

    private static IRoomSession Publish(IRoom room, PublisherWishes wishes) =>
        room.Publish(Offer, watchesToo: false, takeOver: true, wishes);

    private static bool HidesPersons(IRoom room) =>
        room.Policy.Rules.Any(rule => rule.How.Effect.Hides() && rule.When.Model == "objects");
}
