using System.Text;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Redaction.Marks;

namespace LiveFace.Browser.Tests;

/// <summary>What something that was drawn is: said on the page, and in the marks that are saved.</summary>
public class DrawnClassTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task What_is_drawn_has_a_class_that_is_saved_and_taken_back()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.UntilDoneAsync();
        await page.DragAsync(FilesPage.Shuttle);
        await page.Page.SelectOptionAsync("#drawn-class-0", "plate");
        await page.UntilDoneAsync();
        var (name, bytes) = await page.DownloadAsync(() => page.Page.ClickAsync("#save-marks"));
        name.ShouldBe("me.marks.json");
        PictureMarks.TryRead(bytes, out var marks, out _).ShouldBeTrue(Encoding.UTF8.GetString(bytes));
        marks.Hide.ShouldHaveSingleItem().Class.ShouldBe("plate");

        await page.Page.ClickAsync("#undo");
        await page.Watched.UntilAsync("document.querySelector('#drawn-class-0').value === 'face'");
        page.Watched.Complaints.ShouldBeEmpty();
    }
}
