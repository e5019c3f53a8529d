using System.Net;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

/// <summary>Keys and links beside tokens of another server.</summary>
public sealed class OidcLinkTests : OidcTestBase
{
    [Fact]
    public async Task Keys_work_beside_it_and_links_that_a_token_made_end_with_it()
    {
        await using var server = await StartAsync();
        using var admin = server.ClientWith(server.MakeKey(LiveFace.Access.Roles.Admin));
        (await admin.GetAsync("/api/keys", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var until = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);
        var token = Token(new() { ["preferred_username"] = "ada" }, expires: until);
        using var ada = server.ClientWith(token);
        var link = await (await ada.PostAsync("/api/rooms/ada/share", null, Cancel)).JsonAsync();
        link.GetProperty("expires").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(new DateTimeOffset(until));
        await using var hub = await HubSocket.ConnectAsync(server.Address, token);
        (await hub.InvokeAsync("Join", "ada", null)).GetProperty("state").GetProperty("room").GetString().ShouldBe("ada");
    }
}
