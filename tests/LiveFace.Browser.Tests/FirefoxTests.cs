using System.Diagnostics;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The basic path in Firefox ESR, driven by puppeteer-core.</summary>
public class FirefoxTests
{
    /// <summary>Where the face is in the film's pictures.</summary>
    private static readonly (double X, double Y, double Width, double Height) FaceInFilm = (0.42, 0.3, 0.18, 0.25);

    [Fact]
    public async Task Firefox_shows_the_redacted_picture_and_no_complaint()
    {
        await using var server = await LiveFaceServer.StartAsync();
        using var shown = JsonDocument.Parse(await RunAsync("firefox.mjs", server.Address));
        shown.RootElement.GetProperty("width").GetInt32().ShouldBeGreaterThan(0);
        shown.RootElement.GetProperty("state").GetString().ShouldBe("live");
        shown.RootElement.GetProperty("problem").GetString().ShouldBe("");
        shown.RootElement.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
    }

    [Fact]
    public async Task Firefox_hides_a_picture_on_the_workbench_and_what_is_drawn_on_it()
    {
        await using var server = await LiveFaceServer.StartAsync();
        using var shown = JsonDocument.Parse(await RunAsync("files-firefox.mjs", server.Address, Portrait.Path));
        shown.RootElement.GetProperty("after").GetDouble().ShouldBeLessThan(shown.RootElement.GetProperty("before").GetDouble() / 3);
        shown.RootElement.GetProperty("found").GetString().ShouldEndWith("hidden");
        shown.RootElement.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
    }

    [Fact]
    public async Task Firefox_hides_a_film_from_choice_to_download_and_opens_its_review()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-firefox-");
        try
        {
            var film = await TestFilm.MakeAsync(10, 10, "[0:v]crop=400:300:50:20,scale=320:240");
            var path = Path.Combine(folder.FullName, "talk.mp4");
            await File.WriteAllBytesAsync(path, film, TestContext.Current.CancellationToken);
            await using var server = await LiveFaceServer.StartAsync();
            using var shown = JsonDocument.Parse(await RunAsync("film-firefox.mjs", server.Address, path, folder.CreateSubdirectory("downloads").FullName));
            var file = shown.RootElement.GetProperty("file").GetString().ShouldNotBeNull();
            file.ShouldEndWith("talk.redacted.mp4");
            var (before, after) = (await TestFilm.PictureAsync(film), await TestFilm.PictureAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
            after.Detail(FaceInFilm).ShouldBeLessThan(before.Detail(FaceInFilm) / 2);
            shown.RootElement.GetProperty("tracks").GetInt32().ShouldBeGreaterThan(0);
            shown.RootElement.GetProperty("focused").GetString().ShouldBe("film-lines");
            shown.RootElement.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Firefox_sends_a_correction_exports_it_and_withdraws_it()
    {
        await using var server = await LiveFaceServer.StartAsync();
        using var shown = JsonDocument.Parse(await RunAsync("corrections-firefox.mjs", server.Address, Portrait.Path));
        var seen = shown.RootElement;
        (seen.GetProperty("before").GetInt32(), seen.GetProperty("after").GetInt32()).ShouldBe((0, 0));
        seen.GetProperty("crossed").GetInt32().ShouldBeGreaterThan(100);
        seen.GetProperty("zip").GetProperty("head").GetString().ShouldBe("PK");
        Directory.GetFiles(Path.Combine(server.DataFolder, "corrections")).ShouldBeEmpty();
        seen.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
    }

    [Fact]
    public async Task Firefox_puts_a_mark_on_a_picture_and_takes_one_off()
    {
        using var models = MarkModels.Red();
        await using var server = await LiveFaceServer.StartAsync(("Models:Folder", models.Path));
        using var shown = JsonDocument.Parse(await RunAsync("watermark-firefox.mjs", server.Address));
        shown.RootElement.GetProperty("marked").GetInt32().ShouldBeGreaterThan(250);
        shown.RootElement.GetProperty("unmarked").GetInt32().ShouldBeInRange(0x40 - 6, 0x40 + 6);
        shown.RootElement.GetProperty("found").GetString()!.ShouldContain("A mark over 25.0 %");
        shown.RootElement.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
    }

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Scripts", script), Repository.Root.TrimEnd('/'), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(300));
        var output = node.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = node.StandardError.ReadToEndAsync(deadline.Token);
        await node.WaitForExitAsync(deadline.Token);
        node.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
