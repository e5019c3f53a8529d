using LiveFace.Features.Rooms;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Storage;
using LiveFace.Tests.Serving;
using LiveFace.Tests.Telemetry;
using LiveFace.WebRtc;

namespace LiveFace.Tests.Rooms;

public sealed class RoomDirectoryTests : IDisposable
{
    private readonly RoomsRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_policy_that_could_not_be_kept_makes_nothing_laxer_now_or_after_a_restart()
    {
        using (var rooms = Rooms())
        {
            var room = rooms.GetOrAdd("a");
            room.TrySetPolicy(PolicyPresets.HidePersons, null, out _).ShouldBeTrue();
            _rig.Database.Execute("PRAGMA query_only=ON");
            Should.Throw<StorageException>(() => room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _));
            room.Policy.NothingHidden.ShouldBeFalse();
            room.Policy.Rules.Count(r => r.How.Effect.Hides()).ShouldBe(2);
            Should.Throw<StorageException>(() => room.TrySetPolicy(PolicyPresets.CoverEverything, null, out _));
            room.Policy.Cover.ShouldBeTrue();
            _rig.Database.Execute("PRAGMA query_only=OFF");
            await Eventually.IsAsync(() => _rig.Database.Query("SELECT json FROM policies", r => r.GetString(0)).Single().Contains("\"cover\":true"));
        }

        using var again = Rooms();
        again.GetOrAdd("a").Policy.Cover.ShouldBeTrue();
    }

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
    public void A_policy_is_kept_under_the_rooms_name_and_told_to_everybody_in_it()
    {
        using (var rooms = Rooms())
        {
            var room = rooms.GetOrAdd("kept");
            var listener = new RoomListener();
            using var seat = room.Observe(listener);
            room.TrySetPolicy(PolicyPresets.HidePersons, expectedVersion: 1, out var current).ShouldBeTrue();
            current.Version.ShouldBe(2);
            listener.Policies.ShouldHaveSingleItem().Preset.ShouldBe("hide-persons");
            room.TrySetPolicy(PolicyPresets.BlurFaces, expectedVersion: 1, out current).ShouldBeFalse();
            current.Preset.ShouldBe("hide-persons");
        }

        using var again = Rooms();
        again.PolicyOf("kept").Preset.ShouldBe("hide-persons");
        again.GetOrAdd("kept").Policy.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("fases", null, "rules[0].when.model", "faces, objects")]
    [InlineData("sface", null, "rules[0].when.model", "faces, objects")]
    [InlineData("objects", "persn", "rules[0].when.classes[0]", "such as person")]
    public void A_policy_that_names_what_the_server_does_not_have_is_refused(string model, string? label, string field, string message)
    {
        using var rooms = Rooms();
        var room = rooms.GetOrAdd("a");
        var policy = new RedactionPolicy
        {
            Rules = [new PolicyRule { When = new() { Model = model, Classes = label is null ? null : [label] } }],
        };
        var problem = Should.Throw<PolicyRefusedException>(() => room.TrySetPolicy(policy, null, out _)).Problems.ShouldHaveSingleItem();
        problem.Field.ShouldBe(field);
        problem.Message.ShouldContain(message);
        room.Policy.Version.ShouldBe(1);
    }

    [Fact]
    public void What_a_live_room_has_no_time_for_is_refused_in_its_policy_and_in_what_a_publisher_wishes()
    {
        using var rooms = Rooms();
        var room = rooms.GetOrAdd("a");
        var policy = new RedactionPolicy { Rules = [new PolicyRule { How = new RuleHow { Effect = RuleEffect.Remove } }] };
        var problem = Should.Throw<PolicyRefusedException>(() => room.TrySetPolicy(policy, null, out _)).Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Message.Contains("blur", StringComparison.Ordinal)).ShouldBe(("rules[0].how.effect", true));
        room.Policy.Version.ShouldBe(1);
    }

    [Fact]
    public void A_sticker_that_the_server_does_not_have_is_refused_with_those_that_it_has()
    {
        var shelf = _rig.NewShelf();
        var names = new PolicyNames(RealModels.Catalogue.Models, () => shelf.Names);
        var sticker = new RuleHow { Effect = RuleEffect.Sticker, Sticker = "leaf" };
        var policy = new RedactionPolicy
        {
            Rules = [new PolicyRule { How = sticker }],
            Zones = [new PolicyZone { Box = new(0, 0, 1, 1), How = sticker with { Sticker = "tree" } }],
        };
        names.Check(policy).Select(p => p.Field).ShouldBe(["rules[0].how.sticker", "zones[0].how.sticker"]);
        shelf.TryPut("leaf", TestPng.Of(8, 8, 0xFF), out _).ShouldBeTrue();
        var problem = names.Check(policy).ShouldHaveSingleItem();
        (problem.Field, problem.Message.Contains("leaf", StringComparison.Ordinal)).ShouldBe(("zones[0].how.sticker", true));
    }

    [Fact]
    public void A_sticker_that_can_no_longer_be_read_is_left_out_and_the_others_stay()
    {
        _rig.NewShelf().TryPut("leaf", TestPng.Of(8, 8, 0xFF), out _).ShouldBeTrue();
        _rig.Database.Execute("INSERT INTO stickers (name, file) VALUES ('broken', $file)", ("$file", "no picture"u8.ToArray()));
        _rig.NewShelf().Names.ShouldBe(["leaf"]);
    }

    [Fact]
    public void Every_preset_names_only_what_the_server_has()
    {
        var names = new PolicyNames(RealModels.Catalogue.Models, () => []);
        foreach (var preset in PolicyPresets.All)
            names.Check(preset).ShouldBeEmpty(preset.Preset);
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
    public void No_room_goes_below_the_servers_floor_whatever_is_stored_or_set()
    {
        using (var before = Rooms())
            before.GetOrAdd("a").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        _rig.Policies.Floor = "blur-faces";
        using var rooms = Rooms();
        rooms.PolicyOf("a").NothingHidden.ShouldBeFalse();
        rooms.GetOrAdd("a").Policy.NothingHidden.ShouldBeFalse();
        rooms.GetOrAdd("a").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out var current).ShouldBeTrue();
        current.Rules.Count.ShouldBe(2);
        current.NothingHidden.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Floor", "overlay-boxes", "must hide whoever comes")]
    [InlineData("Floor", "no-such-preset", "must be a policy as JSON or one of")]
    [InlineData("Default", "{\"rules\":[{\"how\":{\"effect\":\"box\"}}]}", "nothingHidden")]
    [InlineData("Floor", "{\"rules\":[{\"how\":{\"effect\":\"remove\"}}]}", "must not be remove in a live room")]
    [InlineData("Default", "", "must be a policy as JSON or one of")]
    public void A_default_or_floor_that_is_none_is_told_at_start(string setting, string value, string problem)
    {
        var options = new PolicyOptions();
        if (setting == "Floor")
            options.Floor = value;
        else
            options.Default = value;
        new PolicyOptionsValidator().Validate(null, options).FailureMessage.ShouldNotBeNull().ShouldContain(problem);
        new PolicyOptionsValidator().Validate(null, new PolicyOptions { Floor = "hide-persons" }).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void What_a_moderator_says_of_a_participants_room_holds_as_long_as_their_place()
    {
        TakePlace("standup.ada");
        using (var rooms = Rooms())
        {
            foreach (var name in (string[])["standup.ada", "nobodys"])
            {
                rooms.GetOrAdd(name).TrySetPolicy(PolicyPresets.CoverEverything, null, out _, moderates: true).ShouldBeTrue();
                rooms.GetOrAdd(name).Muted = true;
            }
        }

        // Everybody has left meanwhile, or the server was started again; a policy goes when its publisher leaves.
        var stored = new StoredPolicies(_rig.Database, new OwedWrites(Faults.Sink, TimeProvider.System), TimeProvider.System);
        stored.Remove("standup.ada");
        stored.Remove("nobodys");
        using (var rooms = Rooms())
        {
            rooms.PolicyOf("standup.ada").Cover.ShouldBeTrue();
            var ada = rooms.GetOrAdd("standup.ada");
            ada.Muted.ShouldBeTrue();
            ada.TrySetPolicy(PolicyPresets.BlurFaces, null, out var current).ShouldBeTrue();
            current.Cover.ShouldBeTrue();
            rooms.GetOrAdd("nobodys").Muted.ShouldBeFalse();
            rooms.PolicyOf("nobodys").Cover.ShouldBeFalse();

            ada.TrySetPolicy(PolicyPresets.BlurFaces, null, out current, moderates: true).ShouldBeTrue();
            current.Cover.ShouldBeFalse();
            ada.Muted = false;
        }

        using (var rooms = Rooms())
        {
            rooms.GetOrAdd("standup.ada").Muted.ShouldBeFalse();
            rooms.PolicyOf("standup.ada").Cover.ShouldBeFalse();
        }

        _rig.Database.Execute("DELETE FROM links");
        _rig.Database.Query("SELECT room FROM moderation", row => row.GetString(0)).ShouldBeEmpty();
    }

    [Fact]
    public void A_full_disk_mutes_and_does_not_unmute()
    {
        TakePlace("standup.ada");
        using var rooms = Rooms();
        var ada = rooms.GetOrAdd("standup.ada");
        _rig.Database.Execute("PRAGMA query_only = ON");
        Should.Throw<StorageException>(() => ada.Muted = true);
        ada.Muted.ShouldBeTrue();
        Should.Throw<StorageException>(() => ada.Muted = false);
        ada.Muted.ShouldBeTrue();
        _rig.Database.Execute("PRAGMA query_only = OFF");
        ada.Muted = false;
        ada.Muted.ShouldBeFalse();
    }

    private void TakePlace(string room) => _rig.Database.Execute(
        """
        INSERT INTO links (id, owner, depth, kind, name, hash, scopes, room, created, expires)
        VALUES ('place', 'key', 1, 2, 'Ada', x'00', '[]', $room, 0, 9999999999)
        """, ("$room", room));

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

    private RoomDirectory Rooms(Action<RoomOptions>? change = null, bool measured = false) => _rig.Open(change, measured);
}
