using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Corrections of a film, and by keyboard on a phone.</summary>
public class FilmCorrectionTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // Work on the server that takes its time on a busy machine.
    private const float FilmPatience = 180_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private string[] Pictures => Directory.GetFiles(Path.Combine(fixture.Server.DataFolder, "corrections"));

    [Fact]
    public async Task A_correction_is_sent_and_withdrawn_by_keyboard_on_a_phone_in_the_dark()
    {
        await using var files = await FilesPage.OpenAsync(fixture, new() { Width = 390, Height = 800 });
        await files.DropPortraitAsync();
        await files.UntilDoneAsync();
        await files.Page.FocusAsync("#send-corrections");
        await files.Page.Keyboard.PressAsync("Enter");
        await files.Watched.UntilAsync("document.querySelector('dialog[aria-labelledby=consent-title]').open");
        // Nothing was corrected, so there is nothing to send yet.
        (await files.Page.IsDisabledAsync("dialog[aria-labelledby=consent-title] button.primary")).ShouldBeTrue();
        await files.Page.FocusAsync(".consent-rows select");
        await files.Page.Keyboard.PressAsync("End");
        await files.Watched.UntilAsync("!document.querySelector('dialog[aria-labelledby=consent-title] button.primary').disabled");
        (await files.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        foreach (var theme in (string[])["light", "dark"])
            (await Axe.SeriousFaultsAsync(files.Page, theme)).ShouldBeEmpty();
        await files.Page.FocusAsync("dialog[aria-labelledby=consent-title] button.primary");
        await files.Page.Keyboard.PressAsync("Enter");
        await files.Watched.UntilAsync("document.querySelector('#withdraw') !== null");
        foreach (var theme in (string[])["light", "dark"])
            (await Axe.SeriousFaultsAsync(files.Page, theme)).ShouldBeEmpty();
        await files.Page.FocusAsync("#withdraw");
        await files.Page.Keyboard.PressAsync("Enter");
        await files.Watched.UntilAsync("document.querySelector('#say [role=status]').textContent.includes('withdrawn')");
        await files.Watched.UntilAsync("document.querySelector('#send-corrections') !== null");
        files.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_picture_of_a_film_is_sent_and_withdrawn()
    {
        await using var files = await FilesPage.OpenAsync(fixture);
        await files.DropAsync(("talk.mp4", "video/mp4", await TestFilm.MakeAsync(10, 10, "[0:v]crop=400:300:50:20,scale=320:240")));
        await files.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = FilmPatience });
        await files.Page.ClickAsync("#send-corrections");
        await files.Watched.UntilAsync("document.querySelector('#say .notice').textContent.includes('Review and correct')");

        await files.Page.ClickAsync("#film button:has-text('Review and correct')");
        await files.Watched.UntilAsync("document.querySelectorAll('.tracks li').length > 0 && document.querySelector('.film-picture').width === 320");
        await files.Page.ClickAsync("#send-corrections");
        await files.Watched.UntilAsync("document.querySelector('dialog[aria-labelledby=consent-title]')?.open && document.querySelector('.consent-picture').width === 320");
        await files.Page.SelectOptionAsync(".consent-rows select >> nth=0", "wrong");
        await files.Page.ClickAsync("dialog[aria-labelledby=consent-title] button.primary");
        await files.Watched.UntilAsync("document.querySelector('#withdraw-link') !== null && document.querySelector('#send-corrections') !== null");
        var id = Path.GetFileNameWithoutExtension(Pictures.ShouldHaveSingleItem());
        using var http = new HttpClient();
        var kept = await http.GetFromJsonAsync<JsonElement>($"{fixture.Server.Address}/api/corrections/{id}", Cancel);
        (kept.GetProperty("width").GetInt32(), kept.GetProperty("height").GetInt32()).ShouldBe((320, 240));
        kept.GetProperty("finds")[0].GetProperty("said").GetString().ShouldBe("wrong");

        await files.Page.ClickAsync("#withdraw");
        await files.Watched.UntilAsync("document.querySelector('#say [role=status]').textContent.includes('withdrawn')");
        Pictures.ShouldBeEmpty();
        await files.Page.ClickAsync("#items .danger");
        await files.Watched.UntilAsync("!document.querySelector('#empty').hidden");
        files.Watched.Complaints.ShouldBeEmpty();
    }
}
