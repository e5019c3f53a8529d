using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>What the page says of what is seen.</summary>
public class StudioSeenTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static readonly (double X, double Y, double Width, double Height) Corner = (0.02, 0.1, 0.2, 0.6);

    [Fact]
    public async Task Reading_faces_is_told_on_the_page_and_following_one_is_asked_for_there()
    {
        await using var page = await fixture.StartStudioAsync("follow");
        await page.Page.EvaluateAsync("for (const id of ['reading-panel', 'framing-panel']) document.getElementById(id).open = true");
        await page.Page.CheckAsync("[name=read-age]");
        await page.UntilAsync("document.getElementById('reads').textContent.includes('age')");
        await page.Page.UncheckAsync("[name=read-age]");
        await page.UntilAsync("document.getElementById('reads').textContent === ''");
        await page.Page.SelectOptionAsync("[name=framing-subject]", "main");
        await page.UntilAsync("document.querySelector('[name=framing-size]') !== null");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Classes_say_what_of_all_that_a_model_sees_is_hidden()
    {
        await using var page = await fixture.StartStudioAsync("classes");
        await page.Page.SelectOptionAsync("[name=effect]", "solid");
        await page.Page.FillAsync("[name=color]", "#10c010");
        await page.UntilPictureAsync("#result", "a green face", shot => shot.Mean(FakeCamera.Face) is { R: < 60, G: > 150 });
        await page.Page.SelectOptionAsync("[name=model]", "objects");
        await page.UntilPictureAsync("#result", "a green person", shot => Green(shot) > Person);

        await ChooseClassAsync(page, "dog");
        await page.UntilPictureAsync("#result", "a person, who is no dog", IsOpen);
        await ChooseClassAsync(page, "person");
        await page.UntilPictureAsync("#result", "a green person, beside dogs", shot => Green(shot) > Person);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Certainty_says_how_sure_a_model_must_be_of_what_is_marked()
    {
        await using var page = await fixture.StartStudioAsync("certainty");
        await page.UntilAsync("document.querySelector('#rule-editor .hint')?.textContent.includes('stays hidden')");
        await page.Page.ClickAsync(".preset:has-text('boxes')");
        await page.UntilAsync("document.querySelector('#rule-editor [name=minScore]') && !document.querySelector('#rule-editor .hint')");
        await page.Page.SelectOptionAsync("[name=model]", "objects");
        await page.Page.FillAsync("[name=color]", "#10c010");
        await page.UntilPictureAsync("#result", "a person in a box", shot => Green(shot) > 500);
        await page.Page.FillAsync("[name=minScore]", "95");
        await page.UntilPictureAsync("#result", "a person of whom the model is not as sure as that", shot => Green(shot) < 50 && shot.Mean(Corner).B > 90);
        await page.Page.FillAsync("[name=minScore]", "20");
        await page.UntilPictureAsync("#result", "a person in a box again", shot => Green(shot) > 500);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_seen_is_listed_and_one_of_it_can_be_marked()
    {
        await using var page = await fixture.StartStudioAsync("seen");
        await page.Page.ClickAsync("#seen button:has-text('Mark')");
        await page.UntilAsync("document.querySelectorAll('#rules li').length === 2");
        await page.UntilAsync("document.querySelector('#seen button[aria-pressed=true]')?.textContent === 'Mark'");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Boxes_from_the_hub_are_drawn_on_the_face()
    {
        await using var page = await fixture.StartStudioAsync("boxes");
        await page.Page.ClickAsync("#show-boxes");
        // The overlay is transparent but for the boxes: count what is drawn round the face and far from it.
        await page.UntilAsync("""
            (() => {
              const canvas = document.querySelector('#overlay');
              const count = (x, y, w, h) => canvas.getContext('2d').getImageData(x * canvas.width, y * canvas.height, w * canvas.width, h * canvas.height)
                .data.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 128 ? 1 : 0), 0);
              return count(0.35, 0.15, 0.35, 0.5) > 50 && count(0, 0.7, 1, 0.3) === 0;
            })()
            """);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Statistics_connection_and_share_say_something_true()
    {
        await using var page = await fixture.StartStudioAsync("panels");
        await page.Page.ClickAsync("#statistics-panel summary");
        await page.UntilAsync("/640 × 480/.test(document.querySelector('#statistics').textContent)");
        await page.Page.ClickAsync("#connection-panel summary");
        await page.UntilAsync($"document.querySelector('#connection').textContent.includes(':{fixture.Server.MediaPort}')");
        await page.Page.ClickAsync("#share-panel summary");
        await page.Page.ClickAsync("#share button:has-text('Make a link')");
        await page.UntilAsync("document.querySelector('#share input[aria-label=\"Link for viewers\"]')?.value.includes('/view/panels')");
        page.Complaints.ShouldBeEmpty();
    }

    /// <summary>Pixels of a person in green: more than a face has.</summary>
    private const int Person = 50_000;

    private static int Green(Snapshot shot) => shot.Count((0, 0, 1, 1), (16, 192, 16), 90);

    /// <summary>The scene as it is, without a card over it.</summary>
    private static bool IsOpen(Snapshot shot) => Green(shot) < 500 && shot.Mean(Corner).B > 90;

    private static async Task ChooseClassAsync(WatchedPage page, string name)
    {
        var button = page.Page.Locator("#rule-editor").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = (float)WatchedPage.Patience.TotalMilliseconds });
    }
}
