using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The way from the other pages to the one for who runs the server.</summary>
public class AdminLinkTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/files")]
    [InlineData("/watermark")]
    public async Task It_is_there_where_no_key_is_asked_for_and_leads_in(string path)
    {
        await using var page = await fixture.Chromium.OpenAsync(fixture.Server.Address + path);
        await page.Page.ClickAsync("#admin-link");
        await page.UntilAsync("location.pathname === '/admin' && document.querySelector('#admin')?.hidden === false");
        (await page.Page.Locator("header a[href='/watermark']").CountAsync()).ShouldBe(1);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_admins_key_goes_along_and_who_has_another_sees_no_link()
    {
        await using var server = await LiveFaceServer.StartAsync(("Access:RequireKey", "true"),
            ("Access:Keys:0:Key", "an-admins-key-for-this-test"), ("Access:Keys:0:Roles:0", "admin"), ("Access:Keys:0:Name", "root"),
            ("Access:Keys:1:Key", "a-publishers-key-for-this-test"), ("Access:Keys:1:Roles:0", "publish"), ("Access:Keys:1:Name", "guest"));
        await using var guest = await fixture.Chromium.OpenAsync($"{server.Address}/files#key=a-publishers-key-for-this-test");
        await guest.UntilAsync("document.querySelector('#what').childElementCount > 0");
        (await guest.Page.IsVisibleAsync("#admin-link")).ShouldBeFalse();

        await using var admin = await fixture.Chromium.OpenAsync($"{server.Address}/files#key=an-admins-key-for-this-test");
        await admin.Page.ClickAsync("#admin-link");
        await admin.UntilAsync("location.pathname === '/admin' && document.querySelector('#admin')?.hidden === false");
        guest.Complaints.ShouldBeEmpty();
        admin.Complaints.ShouldBeEmpty();
    }
}
