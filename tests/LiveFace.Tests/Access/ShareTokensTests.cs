using LiveFace.Access;

namespace LiveFace.Tests.Access;

public sealed class ShareTokensTests
{
    private static readonly DateTimeOffset Later = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000);

    private readonly Dictionary<string, int> _epochs = [];

    [Fact]
    public void A_token_gives_what_was_written_into_it()
    {
        var grant = Tokens().Read(Make()).ShouldNotBeNull();
        grant.Roles.ShouldBe(Roles.View);
        grant.Rooms.Text.ShouldBe("studio");
        grant.Expires.ShouldBe(Later);
        grant.May(Roles.View, "studio").ShouldBeTrue();
        grant.May(Roles.View, "other").ShouldBeFalse();
        grant.May(Roles.Control, "studio").ShouldBeFalse();
    }

    [Fact]
    public void A_changed_character_anywhere_makes_it_void()
    {
        var token = Make();
        for (var i = KeyText.SharePrefix.Length; i < token.Length - 1; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Tokens().Read(changed).ShouldBeNull($"changed at {i}");
        }
    }

    [Fact]
    public void A_token_of_another_server_is_void() =>
        new ShareTokens(new byte[32], _ => 0).Read(Make()).ShouldBeNull();

    [Fact]
    public void Taking_a_rooms_links_back_voids_those_of_that_room_alone()
    {
        var token = Make();
        _epochs["other"] = 1;
        Tokens().Read(token).ShouldNotBeNull();
        _epochs["studio"] = 1;
        Tokens().Read(token).ShouldBeNull();
    }

    [Theory]
    [InlineData("lfs_")]
    [InlineData("lfs_.")]
    [InlineData("lfs_a.b")]
    [InlineData("lfs_%%%.%%%")]
    [InlineData("lf_something")]
    [InlineData("lfs_AAAA")]
    public void Nonsense_is_void(string token) => Tokens().Read(token).ShouldBeNull();

    private string Make()
    {
        RoomPattern.TryParse("studio", out var pattern).ShouldBeTrue();
        return Tokens().Make(Roles.View, pattern, "studio", Later);
    }

    private ShareTokens Tokens() =>
        new([.. Enumerable.Range(1, 32).Select(i => (byte)i)], room => _epochs.GetValueOrDefault(room));
}
