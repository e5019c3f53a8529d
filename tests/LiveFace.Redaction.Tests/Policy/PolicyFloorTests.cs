using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

public sealed class PolicyFloorTests
{
    private static readonly PolicyRule Faces = new();

    [Fact]
    public void A_policy_that_hides_nothing_hides_what_the_floor_hides()
    {
        var raised = PolicyFloor.Raise(PolicyPresets.OverlayBoxes, PolicyPresets.BlurFaces);
        raised.Rules.Count.ShouldBe(2);
        raised.NothingHidden.ShouldBeFalse();
        PolicyValidator.Validate(raised).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hide-persons")]
    [InlineData("hide-all-but")]
    [InlineData("blur-faces")]
    public void A_policy_that_hides_as_much_already_is_left_as_it_is(string preset) =>
        PolicyFloor.Raise(PolicyPresets.Find(preset)!, PolicyPresets.BlurFaces).ShouldBe(PolicyPresets.Find(preset)!);

    public static TheoryData<string, PolicyRule> Weaker => new()
    {
        { "named tracks", Faces with { When = new() { TrackIds = [3] } } },
        { "an exception", Faces with { When = new() { ExceptTrackIds = [3] } } },
        { "an enrolled person", Faces with { When = new() { ExceptPeople = ["ada"] } } },
        { "a class left out", Faces with { When = new() { ExceptClasses = ["face"] } } },
        { "some classes", Faces with { When = new() { Classes = ["face"] } } },
        { "another model", Faces with { When = new() { Model = "objects" } } },
        { "sure finds alone", Faces with { When = new() { MinScore = 0.9f } } },
        { "outlines", Faces with { Where = RuleWhere.Outline } },
        { "little strength", Faces with { How = new() { Strength = 20 } } },
        { "no padding", Faces with { How = new() { Padding = 0 } } },
        { "a mosaic that is recognised more often than by guessing", Faces with { How = new() { Effect = RuleEffect.Mosaic, Strength = 50 } } },
        { "boxes", Faces with { How = new() { Effect = RuleEffect.Box } } },
    };

    [Theory]
    [MemberData(nameof(Weaker))]
    public void A_rule_that_hides_less_does_not_stand_for_the_floors(string why, PolicyRule rule)
    {
        var policy = new RedactionPolicy { Rules = [rule] };
        var raised = PolicyFloor.Raise(policy, PolicyPresets.BlurFaces);
        raised.Rules.Count.ShouldBe(2, why);
        raised.Rules[1].ShouldBe(Faces);
    }

    [Fact]
    public void Raising_twice_adds_nothing()
    {
        var floor = new RedactionPolicy
        {
            Rules = [Faces], Strict = true, MaximumAgeMs = 100, LookAheadFrames = 2, Background = new() { Effect = RuleEffect.Solid },
            Zones = [new() { Shape = ZoneShape.Polygon, Points = [new(0, 0), new(1, 0), new(1, 1)] }],
        };
        var once = PolicyFloor.Raise(PolicyPresets.OverlayBoxes with { MaximumAgeMs = 5000 }, floor);
        (once.Strict, once.MaximumAgeMs, once.LookAheadFrames, once.Zones.Count).ShouldBe((true, 100, 2, 1));
        once.Background.ShouldBe(floor.Background);
        var twice = PolicyFloor.Raise(PolicySnapshot.Create(1, once).Policy with { Version = once.Version }, floor);
        (twice.Rules.Count, twice.Zones.Count).ShouldBe((once.Rules.Count, once.Zones.Count));
    }

    [Theory]
    [InlineData("""{"rules":[{"when":{"trackIds":[]}}]}""", "rules[0].when.trackIds")]
    [InlineData("""{"rules":[{"when":{"trackIds":[4]}}]}""", "nothingHidden")]
    [InlineData("""{"zones":[{"box":{"x":0,"y":0,"width":0.01,"height":0.1}}]}""", "nothingHidden")]
    [InlineData("""{"rules":[{"how":{"effect":"box"}}]}""", "nothingHidden")]
    public void What_lets_a_newcomer_go_bare_has_to_say_so(string json, string field)
    {
        PolicyJson.TryRead(System.Text.Encoding.UTF8.GetBytes(json), out _, out var problems).ShouldBeFalse();
        problems.ShouldContain(problem => problem.Field == field);
    }

    [Theory]
    [InlineData("""{"nothingHidden":true,"rules":[{"when":{"trackIds":[4]}}],"zones":[{"box":{"x":0,"y":0,"width":0.1,"height":0.1}}]}""")]
    [InlineData("""{"zones":[{"box":{"x":0,"y":0,"width":1,"height":1}}]}""")]
    public void Zones_and_named_tracks_go_with_the_word_and_a_zone_over_everything_without(string json) =>
        PolicyJson.TryRead(System.Text.Encoding.UTF8.GetBytes(json), out _, out _).ShouldBeTrue();

    [Fact]
    public void What_is_in_force_does_not_change_with_the_lists_that_it_was_made_of()
    {
        var rules = new List<PolicyRule> { Faces };
        var tracks = new List<int> { 1 };
        rules.Add(Faces with { When = new() { ExceptTrackIds = tracks } });
        var snapshot = PolicySnapshot.Create(1, new RedactionPolicy { Rules = rules });
        rules.Clear();
        tracks.Add(2);
        snapshot.Policy.Rules.Count.ShouldBe(2);
        snapshot.Policy.Rules[1].When.ExceptTrackIds.ShouldBe([1]);
    }
}
