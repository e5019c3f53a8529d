using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The page for who runs the server.</summary>
public class AdminTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static readonly string[] Sections = ["corrections", "feedback", "now", "models", "keys", "stickers", "retention", "audit", "load"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_section_has_something_to_show_fits_a_phone_and_is_accessible()
    {
        await SeedAsync(fixture.Server.Address);
        await using var phone = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/admin", new() { Width = 375, Height = 740 });
        await using var desk = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/admin");
        await desk.UntilAsync($"document.querySelectorAll('#sections a').length === {Sections.Length}");
        foreach (var section in Sections)
        {
            foreach (var page in (WatchedPage[])[desk, phone])
            {
                await page.Page.EvaluateAsync("section => { location.hash = section; }", section);
                await page.UntilAsync($"document.querySelector('[data-section={section}]').getAttribute('aria-current') === 'page' && {ShownBy(section)}");
            }

            await desk.Page.EvaluateAsync("for (const one of document.querySelectorAll('details')) one.open = true;");
            foreach (var theme in (string[])["light", "dark"])
                (await Axe.SeriousFaultsAsync(desk.Page, theme)).ShouldBeEmpty(section);
            (await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375, section);
        }

        desk.Complaints.ShouldBeEmpty();
        phone.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_signs_in_another_is_refused_and_a_reviewers_key_is_made_and_taken_back()
    {
        await using var server = await LiveFaceServer.StartAsync(("Access:RequireKey", "true"), ("Access:Keys:0:Key", "an-admins-key-for-this-test"), ("Access:Keys:0:Roles:0", "admin"),
            ("Access:Keys:0:Name", "root"), ("Access:Keys:1:Key", "a-viewers-key-for-this-test"), ("Access:Keys:1:Roles:0", "view"), ("Access:Keys:1:Name", "guest"));
        await using var admin = await fixture.Chromium.OpenAsync($"{server.Address}/admin");
        await admin.UntilAsync("!document.querySelector('#door').hidden && document.querySelector('#problem').textContent === ''");
        foreach (var theme in (string[])["light", "dark"])
            (await Axe.SeriousFaultsAsync(admin.Page, theme)).ShouldBeEmpty();
        await SignInAsync(admin, "a-viewers-key-for-this-test");
        await admin.UntilAsync("document.querySelector('#problem').textContent.includes('This key may view')");
        await SignInAsync(admin, "an-admins-key-for-this-test");
        await admin.UntilAsync("!document.querySelector('#admin').hidden && document.querySelector('#section .lead').textContent.includes('boxes alone')");
        (await admin.Page.Locator("button:has-text('Export as COCO')").CountAsync()).ShouldBe(0);

        await admin.Page.ClickAsync("[data-section=keys]");
        await admin.Page.ClickAsync("summary");
        await admin.Page.FillAsync("#key-name", "the reviewer");
        foreach (var role in (string[])["review", "admin"])
            await admin.Page.CheckAsync($"input[name={role}]");
        await admin.Page.ClickAsync("text=Make it");
        await admin.UntilAsync("document.querySelector('#made-key')?.value.startsWith('lf_')");
        var key = await admin.Page.InputValueAsync("#made-key");
        await using var reviewer = await fixture.Chromium.OpenAsync($"{server.Address}/admin#key={key}");
        await reviewer.UntilAsync("document.querySelector('#section .lead')?.textContent.includes('audit log')");
        (await reviewer.Page.Locator("button:has-text('Export as COCO')").CountAsync()).ShouldBe(1);

        // It asks once more before a key is taken back.
        await admin.UntilAsync("document.querySelector('[aria-label=\"Take back: the key the reviewer\"]') !== null");
        await admin.Page.ClickAsync("[aria-label='Take back: the key the reviewer']");
        await admin.Page.ClickAsync("[aria-label^='Take back: sure? the key the reviewer']");
        await admin.UntilAsync("[...document.querySelectorAll('#section table button')].every((one) => !one.getAttribute('aria-label').includes('the key the reviewer'))");
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        ((int)(await http.GetAsync($"{server.Address}/api/keys", Cancel)).StatusCode).ShouldBe(401);
        // Refusals of keys are errors in the browser's console, and the only ones.
        admin.Complaints.ShouldAllBe(complaint => complaint.Contains("401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_used_by_keyboard_alone()
    {
        await using var admin = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/admin");
        await admin.UntilAsync($"document.querySelectorAll('#sections a').length === {Sections.Length}");
        for (var presses = 0; presses < 30; presses++)
        {
            await admin.Page.Keyboard.PressAsync("Tab");
            if (await admin.Page.EvaluateAsync<string?>("document.activeElement.dataset.section ?? null") == "retention")
                break;
        }

        await admin.Page.Keyboard.PressAsync("Enter");
        await admin.UntilAsync("document.querySelector('#section table')?.textContent.includes('Corrections:KeepDays') && document.activeElement.id === 'section'");
        admin.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_charts_draw_what_the_metrics_say()
    {
        await using var studio = await fixture.StartStudioAsync("charts");
        await using var admin = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/admin#load");
        await admin.UntilAsync("[...document.querySelectorAll('.chart')].some((one) => one.textContent.startsWith('Rooms') && /open 1\\D/.test(one.textContent))");
        // Two readings make a rate.
        await admin.UntilAsync("/of all cores [\\d.]+ %/.test(document.querySelector('.chart').textContent)");
        await admin.UntilAsync("/in [1-9]/.test([...document.querySelectorAll('.chart')].find((one) => one.textContent.startsWith('Frames')).textContent)");
        (await admin.Page.EvaluateAsync<int>("""
            () => {
              const canvas = document.querySelector('.chart canvas');
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              return data.filter((value, at) => at % 4 === 3 && value > 0).length;
            }
            """)).ShouldBeGreaterThan(500);
        admin.Complaints.ShouldBeEmpty();
    }

    /// <summary>What a section shows once it has asked the server.</summary>
    private static string ShownBy(string section) => section switch
    {
        "corrections" => "document.querySelectorAll('.card').length > 0",
        "stickers" => "document.querySelectorAll('.sticker-list img[src]').length > 0",
        "load" => @"/working set [\d.]+ MB/.test(document.querySelector('.charts').textContent) && document.querySelector('#section table') !== null",
        _ => "document.querySelector('#section table') !== null",
    };

    private static async Task SignInAsync(WatchedPage page, string key)
    {
        await page.Page.FillAsync("#key", key);
        await page.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>One of everything.</summary>
    private static async Task SeedAsync(string address)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"keepDays":90,"drawn":[{"class":"face","box":{"x":0.1,"y":0.1,"width":0.3,"height":0.3}}]}""", Encoding.UTF8, "application/json"), "correction" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(Portrait.Path, Cancel)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "picture", "me" },
        };
        (await http.PostAsync("/api/corrections", form, Cancel)).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("/api/feedback", new { thumb = "up", words = "as it should be" }, Cancel)).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("/api/keys", new { name = "seed", roles = new[] { "view", "control" } }, Cancel)).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("/api/rooms/seed/share", new { roles = new[] { "view" } }, Cancel)).EnsureSuccessStatusCode();
        using var job = new HttpRequestMessage(HttpMethod.Post, "/api/jobs?name=seed") { Headers = { { "Upload-Length", "1000" } } };
        (await http.SendAsync(job, Cancel)).EnsureSuccessStatusCode();
        using var sticker = new ByteArrayContent(TestPng.Of(64, 64, 0x3366CCFF)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        (await http.PutAsync("/api/stickers/seed", sticker, Cancel)).EnsureSuccessStatusCode();
    }
}
