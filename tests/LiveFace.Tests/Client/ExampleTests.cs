using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Client;

/// <summary>The examples of docs/reference/client.md, run as they stand there.</summary>
public sealed partial class ExampleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sh", "bash", "-c")]
    [InlineData("python", "python3", "-c")]
    [InlineData("js", "node", "--input-type=module", "-e")]
    public async Task An_example_finds_the_face_of_a_picture(string language, string program, params string[] arguments)
    {
        await using var server = await RunningServer.StartLockedAsync();
        var page = await File.ReadAllTextAsync(Checkout.PathOf("docs", "reference", "client.md"), Cancel);
        var example = Block().Matches(page).Where(block => block.Groups["language"].Value == language).ShouldHaveSingleItem().Groups["code"].Value;
        using var run = Process.Start(new ProcessStartInfo(program, [.. arguments, example])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
            Environment =
            {
                ["SERVER"] = server.Address.AbsoluteUri.TrimEnd('/'), ["KEY"] = server.MakeKey(Roles.Publish), ["PICTURE"] = Portrait.Path, ["NO_PROXY"] = "*", ["no_proxy"] = "*",
            },
        })!;
        var told = await run.StandardOutput.ReadToEndAsync(Cancel);
        await run.WaitForExitAsync(Cancel);
        run.ExitCode.ShouldBe(0, told);
        JsonDocument.Parse(told).RootElement.GetProperty("objects")[0].GetProperty("class").GetString().ShouldBe("face");
    }

    [GeneratedRegex("^```(?<language>sh|python|js)\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Block();
}
