using System.Diagnostics;
using System.Net;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Architecture.Tests.Packages;

/// <summary>The samples built by somebody who has the packages and nothing else of the checkout.</summary>
public sealed class PackageUseTests(PackedPackages packages)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_on_the_redaction_package_hides_a_face_and_nothing_beside_it()
    {
        var program = await packages.BuildAsync("Redact", "LiveFace.Redaction");
        var safe = Path.Combine(Path.GetDirectoryName(program)!, "safe.png");
        var output = await PackedPackages.RunAsync(Path.GetDirectoryName(program)!, program, Checkout.PathOf("models"), Portrait.Path, safe);
        output.ShouldBe("redacted\n");

        var hidden = await File.ReadAllBytesAsync(safe, Cancel);
        Portrait.FaceIn(await File.ReadAllBytesAsync(Portrait.Path, Cancel)).ShouldBeGreaterThan(Likeness.Shown);
        Portrait.FaceIn(hidden).ShouldBeLessThan(Likeness.Shown);
        using var pool = new FramePool(0);
        using var before = ImageFile.Decode(await File.ReadAllBytesAsync(Portrait.Path, Cancel), pool);
        using var after = ImageFile.Decode(hidden, pool);
        (after.Width, after.Height).ShouldBe((before.Width, before.Height));
        var (luma, was) = (Portrait.LumaOf(after), Portrait.LumaOf(before));
        for (var y = 300; y < before.Height; y++)
            for (var x = 0; x < before.Width; x++)
                Math.Abs(luma[y * before.Width + x] - was[y * before.Width + x]).ShouldBeLessThan(16);
    }

    [Fact]
    public async Task A_server_on_the_WebRTC_package_answers_what_is_no_offer()
    {
        var program = await packages.BuildAsync("Echo", "LiveFace.WebRtc", "Microsoft.NET.Sdk.Web");
        int media = FreePort.Next(), http = FreePort.Next();
        var start = new ProcessStartInfo(program, ["--port", $"{media}", "--http", $"{http}"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var server = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
            HttpStatusCode? answer = null;
            await Eventually.IsAsync(async () =>
            {
                server.HasExited.ShouldBeFalse();
                answer = await AskAsync(client);
                return answer is not null;
            });
            answer.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Cancel);
        }
    }

    [Fact]
    public async Task A_program_on_the_client_package_says_how_it_is_used()
    {
        var program = await packages.BuildAsync("Client", "LiveFace.Client");
        using var process = Process.Start(new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true })!;
        (await process.StandardOutput.ReadToEndAsync(Cancel)).ShouldStartWith("usage: SERVER PICTURE.jpg ROOM");
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(2);
    }

    /// <summary>Null as long as nobody listens.</summary>
    private static async Task<HttpStatusCode?> AskAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.PostAsync("/whip", new StringContent("v=0\r\n", null, "application/sdp"), Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
