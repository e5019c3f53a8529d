using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>What each control of an effect changes in the picture.</summary>
public class StudioEffectTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
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
    public async Task Overlay_boxes_shows_the_face_with_a_box_round_it()
    {
        await using var page = await fixture.StartStudioAsync("overlay");
        var hidden = (await page.SnapshotAsync("#result")).ShouldNotBeNull().Detail(FakeCamera.Face);
        await page.Page.ClickAsync(".preset:has-text('boxes')");
        await page.UntilPictureAsync("#result", "the face itself", shot => shot.Detail(FakeCamera.Face) > hidden * 2);
        page.Complaints.ShouldBeEmpty();
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
