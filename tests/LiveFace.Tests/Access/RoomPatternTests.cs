using LiveFace.Access;

namespace LiveFace.Tests.Access;

public sealed class RoomPatternTests
{
    [Theory]
    [InlineData("studio", "studio", true)]
    [InlineData("studio", "Studio", false)]
    [InlineData("studio", "studio.a", false)]
    [InlineData("standup.*", "standup.anna", true)]
    [InlineData("standup.*", "standup.", false)]
    [InlineData("standup.*", "standup", false)]
    [InlineData("standup.*", "standupx.anna", false)]
    [InlineData("*", "anything", true)]
    public void A_pattern_covers_its_rooms_alone(string pattern, string room, bool covers)
    {
        RoomPattern.TryParse(pattern, out var parsed).ShouldBeTrue();
        parsed.Covers(room).ShouldBe(covers);
    }

    [Theory]
    [InlineData("*", "a.*", true)]
    [InlineData("a.*", "a.b", true)]
    [InlineData("a.*", "a.b.*", true)]
    [InlineData("a.*", "a.*", true)]
    [InlineData("a.b.*", "a.*", false)]
    [InlineData("a.*", "*", false)]
    [InlineData("a", "a.*", false)]
    [InlineData("a", "a", true)]
    public void A_pattern_includes_only_what_lies_within_it(string outer, string inner, bool includes)
    {
        RoomPattern.TryParse(outer, out var a).ShouldBeTrue();
        RoomPattern.TryParse(inner, out var b).ShouldBeTrue();
        a.Includes(b).ShouldBe(includes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a/b")]
    [InlineData("a*")]
    [InlineData("**")]
    [InlineData(".*")]
    [InlineData("ä")]
    [InlineData("a b")]
    public void Anything_else_is_no_pattern(string text) => RoomPattern.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_default_pattern_covers_nothing() => default(RoomPattern).Covers("a").ShouldBeFalse();

    [Fact]
    public void A_room_name_has_64_characters_at_most()
    {
        RoomName.IsValid(new string('a', 64)).ShouldBeTrue();
        RoomName.IsValid(new string('a', 65)).ShouldBeFalse();
    }
}
