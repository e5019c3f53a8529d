using System.Diagnostics;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The basic path in Firefox ESR, driven by puppeteer-core.</summary>
public class FirefoxTests
{
    [Fact]
    public async Task Firefox_shows_the_redacted_picture_and_no_complaint()
    {
        await using var server = await LiveFaceServer.StartAsync();
        var start = new ProcessStartInfo("node",
            [Path.Combine(AppContext.BaseDirectory, "Scripts/firefox.mjs"), Repository.Root.TrimEnd('/'), server.Address])
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

        using var shown = JsonDocument.Parse(await output);
        shown.RootElement.GetProperty("width").GetInt32().ShouldBeGreaterThan(0);
        shown.RootElement.GetProperty("state").GetString().ShouldBe("live");
        shown.RootElement.GetProperty("problem").GetString().ShouldBe("");
        shown.RootElement.GetProperty("complaints").GetArrayLength().ShouldBe(0, shown.RootElement.ToString());
    }
}
