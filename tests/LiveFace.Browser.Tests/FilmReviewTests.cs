using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Corrections of films on the workbench, each by what is in the film that is written.</summary>
public class FilmReviewTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{

    private const string LastTrack = ".tracks li:last-child .look";

    /// <summary>Where the faces of two portraits side by side are.</summary>
    private static readonly (double X, double Y, double Width, double Height) Left = (0.21, 0.3, 0.09, 0.25), Right = (0.7, 0.3, 0.09, 0.25);

    [Fact]
    public async Task Tracks_are_shown_alone_split_and_joined_and_times_are_covered_and_muted()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropAsync(("two.mp4", "video/mp4", await TestFilm.MakeAsync(
            10, 12, "[0:v]crop=400:300:50:20,scale=320:240,split[a][b];[b]hflip[c];[a][c]hstack", "-f", "lavfi", "-i", "sine=440:duration=1.2")));
        await ReviewSteps.ReviewAsync(page);
        (await ReviewSteps.CountAsync(page)).ShouldBeGreaterThanOrEqualTo(2);

        await page.Page.ClickAsync(LastTrack);
        await page.Page.ClickAsync("#film button:has-text('All but this one')");
        await page.Watched.UntilAsync("document.querySelectorAll('.tracks li.kept').length === 1 && document.querySelector('.tracks li:last-child.kept')");
        var tracks = await ReviewSteps.CountAsync(page);
        await ReviewSteps.GoAsync(page, 6);
        await page.Page.ClickAsync("#film button:has-text('Split here')");
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {tracks + 1}");
        await page.Page.ClickAsync("#film button:has-text('Hide it')");
        await page.Watched.UntilAsync("document.querySelectorAll('.tracks li.kept').length === 1");

        await ReviewSteps.GoAsync(page, 10);
        await page.Page.ClickAsync("#film button:has-text('From here')");
        await page.Page.ClickAsync("#film button:has-text('to here: cover')");
        await page.Watched.UntilAsync("document.querySelectorAll('.ranges li').length === 1");
        await ReviewSteps.GoAsync(page, 0);
        await page.Page.ClickAsync("#film button:has-text('From here')");
        await ReviewSteps.GoAsync(page, 3);
        await page.Page.ClickAsync("#film button:has-text('to here: mute')");
        await page.Watched.UntilAsync("document.querySelectorAll('.ranges li').length === 2");

        var film = await ReviewSteps.WriteAsync(page);
        var (early, late) = (await TestFilm.PictureAsync(film, 2), await TestFilm.PictureAsync(film, 8));
        var (shown, other) = late.Detail(Left) > late.Detail(Right) ? (Left, Right) : (Right, Left);
        late.Detail(shown).ShouldBeGreaterThan(1.5 * late.Detail(other), "one face is shown from the split on, the other hidden");
        early.Detail(shown).ShouldBeLessThan(late.Detail(shown) / 1.5, "before the split it is hidden");
        (await TestFilm.PictureAsync(film, 10)).Detail((0, 0, 0.3, 0.3)).ShouldBeLessThan(0.5, "a covered picture is a card");
        var sound = await TestFilm.SoundAsync(film);
        TestFilm.Loudness(sound, 0.05, 0.35).ShouldBeLessThan(30);
        TestFilm.Loudness(sound, 0.6, 1).ShouldBeGreaterThan(300);

        // What is hidden and what is shown make one that is hidden.
        await page.Page.ClickAsync(".tracks li.kept .look");
        await page.Page.ClickAsync("#film button:has-text('Join with…')");
        var id = await page.Page.EvaluateAsync<string>("[...document.querySelectorAll('.tracks li:not(.selected) .name')].at(-1).textContent.trim()");
        await page.Page.ClickAsync($".tracks li:not(.selected):has(.name:text-is('{id}')) .look");
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {tracks}");
        await page.Watched.UntilAsync("document.querySelectorAll('.tracks li.kept').length === 0");
        (await TestFilm.PictureAsync(await ReviewSteps.WriteAsync(page), 8)).Detail(shown).ShouldBeLessThan(late.Detail(shown) / 1.5, "joined to what is hidden it is hidden");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_face_that_was_missed_is_drawn_once_carried_through_the_film_and_gone_from_it()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        // Nobody looks for faces, so that the film's is missed; it goes to the left by three pixels a picture.
        await page.Watched.UntilAsync("document.querySelector('#what').childElementCount > 0");
        await page.Page.EvaluateAsync("""
            document.querySelector('#what button:nth-child(1)').click();
            [...document.querySelectorAll('#what button')].find((one) => one.textContent === 'Text').click();
            """);
        await page.DropAsync(("missed.mp4", "video/mp4", await TestFilm.MakeAsync(10, 12, "[0:v]crop=400:300:30+3*n:20,scale=320:240")));
        await ReviewSteps.ReviewAsync(page);
        var bare = await ReviewSteps.DownloadAsync(page);
        var tracks = await ReviewSteps.CountAsync(page);

        await ReviewSteps.GoAsync(page, 6);
        await page.Watched.UntilAsync("document.querySelector('.film-picture').width === 320");
        await page.Page.ClickAsync("#film button:has-text('Draw a box')");
        await ReviewSteps.DragAsync(page, Face(6));
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {tracks + 1}");
        var film = await ReviewSteps.WriteAsync(page);
        foreach (var number in (int[])[0, 6, 11])
        {
            var (was, now) = (await TestFilm.PictureAsync(bare, number), await TestFilm.PictureAsync(film, number));
            now.Detail(Eyes(number)).ShouldBeLessThan(was.Detail(Eyes(number)) / 2, $"picture {number}");
        }

        page.Watched.Complaints.ShouldBeEmpty();
    }

    /// <summary>Where the face is in a picture of the film that moves.</summary>
    private static (double X, double Y, double Width, double Height) Face(int number) => ((172 - 30 - 3 * number) / 400.0, (60 - 20) / 300.0, 115 / 400.0, 140 / 300.0);

    private static (double X, double Y, double Width, double Height) Eyes(int number) => ((190 - 30 - 3 * number) / 400.0, (95 - 20) / 300.0, 75 / 400.0, 70 / 300.0);
}
