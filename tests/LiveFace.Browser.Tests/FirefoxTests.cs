using System.Diagnostics;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.TestKit;

namespace LiveFace.Browser.Tests;

/// <summary>The basic path in Firefox ESR, driven by puppeteer-core.</summary>
public class FirefoxTests
{
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
        using var shown = JsonDocument.Parse(await RunAsync("files-firefox.mjs", server.Address, FilesPage.Portrait));
        shown.RootElement.GetProperty("after").GetDouble().ShouldBeLessThan(shown.RootElement.GetProperty("before").GetDouble() / 3);
        shown.RootElement.GetProperty("found").GetString().ShouldEndWith("hidden");
        shown.RootElement.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
    }

    [Fact]
    public async Task Firefox_sends_a_correction_exports_it_and_withdraws_it()
    {
        await using var server = await LiveFaceServer.StartAsync();
        using var shown = JsonDocument.Parse(await RunAsync("corrections-firefox.mjs", server.Address, FilesPage.Portrait));
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
        shown.RootElement.GetProperty("unmarked").GetInt32().ShouldBeInRange(124, 132);
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
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var output = node.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = node.StandardError.ReadToEndAsync(deadline.Token);
        await node.WaitForExitAsync(deadline.Token);
        node.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
