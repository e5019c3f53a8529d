using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>Each control of the studio, by what it does to the pixels that come back.</summary>
public class StudioControlsTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static readonly (double X, double Y, double Width, double Height) Corner = (0.02, 0.1, 0.2, 0.6);

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
    public async Task A_solid_effect_paints_the_face_in_the_colour_that_is_chosen()
    {
        await using var page = await fixture.StartStudioAsync("solid");
        await page.Page.SelectOptionAsync("[name=effect]", "solid");
        await page.Page.FillAsync("[name=color]", "#e01010");
        await page.UntilPictureAsync("#result", "a red face", shot => shot.Mean(FakeCamera.Face) is { R: > 170, G: < 60, B: < 60 });
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_of_ones_own_is_added_and_lies_over_the_face()
    {
        await using var page = await fixture.StartStudioAsync("sticker");
        var drawn = await page.Page.EvaluateAsync<string>("""
            () => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 960, height: 960 });
              const pen = canvas.getContext('2d');
              pen.fillStyle = '#10c020';
              pen.fillRect(0, 0, 960, 960);
              return canvas.toDataURL('image/png').split(',')[1];
            }
            """);
        await page.Page.SelectOptionAsync("[name=effect]", "sticker");
        await page.Page.SetInputFilesAsync(
            "[name=sticker-file]", new FilePayload { Name = "My leaf.png", MimeType = "image/png", Buffer = Convert.FromBase64String(drawn) });
        await page.UntilPictureAsync("#result", "a green face", shot => shot.Mean(FakeCamera.Face) is { R: < 80, G: > 130, B: < 90 });
        await page.UntilAsync("document.querySelector('.stickers button[title=My-leaf][aria-pressed=true] img')?.naturalWidth === 240");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Padding_makes_the_hidden_part_larger()
    {
        await using var page = await fixture.StartStudioAsync("padding");
        await page.Page.SelectOptionAsync("[name=effect]", "solid");
        await page.Page.FillAsync("[name=color]", "#e01010");
        var before = await LeastRedAsync(page);
        await page.Page.FillAsync("[name=padding]", "80");
        await page.UntilPictureAsync("#result", "a larger red part, and for a while", ForAWhile(shot => Red(shot) > before * 1.5));
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_box_covers_the_corners_that_an_oval_leaves_free()
    {
        await using var page = await fixture.StartStudioAsync("shape");
        await page.Page.SelectOptionAsync("[name=effect]", "solid");
        await page.Page.FillAsync("[name=color]", "#e01010");
        await page.UntilPictureAsync("#result", "a red oval, and for a while", ForAWhile(shot =>
            shot.Mean(FakeCamera.Face) is { R: > 170, G: < 60 } && shot.Fill(AroundFace, MaskRed) < 0.95));
        await page.Page.SelectOptionAsync("[name=where]", "box");
        await page.UntilPictureAsync("#result", "a red box", shot =>
            shot.Mean(FakeCamera.Face) is { R: > 170, G: < 60 } && shot.Fill(AroundFace, MaskRed) > 0.97);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Less_strength_leaves_more_of_the_face_in_a_mosaic()
    {
        await using var page = await fixture.StartStudioAsync("strength");
        await page.Page.SelectOptionAsync("[name=effect]", "mosaic");
        await page.Page.FillAsync("[name=strength]", "100");
        await page.UntilAsync("document.querySelector('[name=strength]').value === '100'");
        var strong = (await page.UntilPictureAsync("#result", "a coarse mosaic", shot => shot.Detail(FakeCamera.Face) < 4)).Detail(FakeCamera.Face);
        await page.Page.FillAsync("[name=strength]", "0");
        await page.UntilPictureAsync("#result", "a finer mosaic", shot => shot.Detail(FakeCamera.Face) > strong * 1.3);
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
    public async Task Overlay_boxes_shows_the_face_with_a_box_round_it()
    {
        await using var page = await fixture.StartStudioAsync("overlay");
        var hidden = (await page.SnapshotAsync("#result")).ShouldNotBeNull().Detail(FakeCamera.Face);
        await page.Page.ClickAsync(".preset:has-text('boxes')");
        await page.UntilPictureAsync("#result", "the face itself", shot => shot.Detail(FakeCamera.Face) > hidden * 2);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_zone_drawn_on_the_picture_is_hidden_there()
    {
        await using var page = await fixture.StartStudioAsync("zone");
        await DrawZoneAsync(page);
        await page.UntilPictureAsync("#result", "a black zone", shot => shot.Mean((0.08, 0.25, 0.09, 0.3)) is { R: < 40, G: < 40, B: < 40 });
        (await page.Page.Locator("#zones li").CountAsync()).ShouldBe(1);
        await page.Page.ClickAsync("#zones li .danger");
        await page.UntilPictureAsync("#result", "the scene where the zone was", shot => shot.Mean((0.08, 0.25, 0.09, 0.3)).B > 90);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mirroring_turns_what_the_user_sees_and_nothing_that_others_see()
    {
        await using var page = await fixture.StartStudioAsync("mirror");
        await DrawZoneAsync(page);
        (double, double, double, double) left = (0.08, 0.25, 0.09, 0.3), right = (0.83, 0.25, 0.09, 0.3);
        await page.UntilShownAsync("#picture", "a black zone on the left", shot => shot.Mean(left).B < 40 && shot.Mean(right).B > 90);
        await page.Page.ClickAsync("#mirror");
        await page.UntilShownAsync("#picture", "the zone on the right", shot => shot.Mean(left).B > 90 && shot.Mean(right).B < 40);
        await page.UntilPictureAsync("#result", "the zone where it was", shot => shot.Mean(left).B < 40 && shot.Mean(right).B > 90);
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

    [Fact]
    public async Task Another_resolution_is_taken_up_while_it_runs()
    {
        await using var page = await fixture.StartStudioAsync("resolution");
        await page.Page.SelectOptionAsync("#resolution", "320x240");
        await page.UntilPictureAsync("#result", "a picture of 320×240", shot => shot is { Width: 320, Height: 240 });
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

    /// <summary>Draws a zone on the left of the picture.</summary>
    private static async Task DrawZoneAsync(WatchedPage page)
    {
        await page.Page.ClickAsync("#draw-zone");
        // Clicking may have scrolled the page, and the mouse below goes by what is in view.
        await page.Page.EvaluateAsync("scrollTo(0, 0)");
        var box = (await page.Page.Locator("#overlay").BoundingBoxAsync()).ShouldNotBeNull();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.05f, box.Y + box.Height * 0.2f);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.2f, box.Y + box.Height * 0.6f, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
    }

    // A mask may be large for a moment, when its detection is late; what counts is what it comes back to.
    private static async Task<int> LeastRedAsync(WatchedPage page)
    {
        var least = int.MaxValue;
        await page.UntilPictureAsync("#result", "a red face, and for a while", ForAWhile(shot =>
        {
            var isRed = shot.Mean(FakeCamera.Face) is { R: > 170, G: < 60 };
            least = isRed ? Math.Min(least, Red(shot)) : int.MaxValue;
            return isRed;
        }));
        return least;
    }

    private static readonly (int R, int G, int B) MaskRed = (215, 16, 16);

    // The suit below is nearly as red.
    private static readonly (double, double, double, double) AroundFace = (0.33, 0.12, 0.4, 0.5);

    private static int Red(Snapshot shot) => shot.Count((0, 0, 1, 1), MaskRed, 90);

    private static Func<Snapshot, bool> ForAWhile(Func<Snapshot, bool> condition)
    {
        var inARow = 0;
        return shot => (inARow = condition(shot) ? inARow + 1 : 0) == 10;
    }
}
