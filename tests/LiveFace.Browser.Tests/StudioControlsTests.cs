using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Each control of the studio, by what it does to the pixels that come back.</summary>
public class StudioControlsTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static readonly (double X, double Y, double Width, double Height) Corner = (0.02, 0.1, 0.2, 0.6);

    [Fact]
    public async Task A_zone_drawn_on_the_picture_is_hidden_there()
    {
        await using var page = await fixture.StartStudioAsync("zone");
        await StudioSteps.DrawZoneAsync(page);
        await page.UntilPictureAsync("#result", "a black zone", shot => shot.Mean((0.08, 0.25, 0.09, 0.3)) is { R: < 40, G: < 40, B: < 40 });
        (await page.Page.Locator("#zones li").CountAsync()).ShouldBe(1);
        await page.Page.ClickAsync("#zones li .danger");
        await page.UntilPictureAsync("#result", "the scene where the zone was", shot => shot.Mean((0.08, 0.25, 0.09, 0.3)).B > 90);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cover_everything_leaves_nothing_of_the_scene_and_blur_faces_brings_it_back()
    {
        await using var page = await fixture.StartStudioAsync("cover");
        await page.Page.ClickAsync(".preset:has-text('Cover')");
        await page.UntilPictureAsync("#result", "a card", shot => shot.Mean(Corner).B < 70);
        await page.Page.ClickAsync(".preset:has-text('Blur')");
        await page.UntilPictureAsync("#result", "the scene again", shot => shot.Mean(Corner).B > 90);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sliders_set_what_the_policy_promises()
    {
        await using var page = await fixture.StartStudioAsync("promise");
        await page.Page.ClickAsync("summary:has-text('Safety')");
        await page.Page.FillAsync("[name=smallestFace]", "24");
        await page.UntilAsync("fetch('/api/rooms/promise/policy').then((a) => a.json()).then((p) => p.smallestFace === 24 && p.maximumAgeMs == null)");
        await page.Page.FillAsync("[name=maximumAgeMs]", "200");
        await page.UntilAsync("fetch('/api/rooms/promise/policy').then((a) => a.json()).then((p) => p.smallestFace === 24 && p.maximumAgeMs === 200)");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mirroring_turns_what_the_user_sees_and_nothing_that_others_see()
    {
        await using var page = await fixture.StartStudioAsync("mirror");
        await StudioSteps.DrawZoneAsync(page);
        (double, double, double, double) left = (0.08, 0.25, 0.09, 0.3), right = (0.83, 0.25, 0.09, 0.3);
        await page.UntilShownAsync("#picture", "a black zone on the left", shot => shot.Mean(left).B < 40 && shot.Mean(right).B > 90);
        await page.Page.ClickAsync("#mirror");
        await page.UntilShownAsync("#picture", "the zone on the right", shot => shot.Mean(left).B > 90 && shot.Mean(right).B < 40);
        await page.UntilPictureAsync("#result", "the zone where it was", shot => shot.Mean(left).B < 40 && shot.Mean(right).B > 90);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_resolution_is_taken_up_while_it_runs()
    {
        await using var page = await fixture.StartStudioAsync("resolution");
        await page.Page.SelectOptionAsync("#resolution", "320x240");
        await page.UntilPictureAsync("#result", "a picture of 320×240", shot => shot is { Width: 320, Height: 240 });
        page.Complaints.ShouldBeEmpty();
    }
}
