using System.Diagnostics;
using System.Text.Json;

namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>Runs a real WebRTC client as a process; it prints what it saw as one line of JSON.</summary>
internal static class ExternalClient
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);

    public static Task<JsonElement> BrowserAsync(string browser, string url, object parameters) => RunAsync(
        "node", [Script("browser.mjs"), browser, url, JsonSerializer.Serialize(parameters), Checkout.Root]);

    /// <summary>Runs the page until the server has seen enough, however long that takes on this machine.</summary>
    public static async Task<JsonElement> BrowserUntilAsync(
        string browser, EchoServer server, Func<bool> enough, string direction = "sendrecv")
    {
        var run = BrowserAsync(browser, server.Url, new { direction, seconds = 4, untilOver = true });
        await Eventually.IsAsync(() => enough() || run.IsCompleted);
        server.Over = true;
        return await run;
    }

    /// <summary>Debian's own Python, where aiortc and the GStreamer bindings are.</summary>
    public static Task<JsonElement> PythonAsync(string script, params string[] arguments) =>
        RunAsync("/usr/bin/python3", [Script(script), .. arguments]);

    static async Task<JsonElement> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            TestContext.Current.TestOutputHelper?.WriteLine(output);
            process.ExitCode.ShouldBe(0, await errors + output);
            return JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", "Scripts", name);
}
