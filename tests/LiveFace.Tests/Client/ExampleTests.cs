using System.Diagnostics;
using LiveFace.Access;
using LiveFace.Client;
using LiveFace.Samples;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Client;

/// <summary>The examples of docs/reference/examples.md, run as they stand there.</summary>
public sealed class ExampleTests
{
    private const string Room = "me";

    /// <summary>What each has to say, in whichever language.</summary>
    private static readonly Dictionary<string, string> Said = new(StringComparer.Ordinal)
    {
        ["Detect"] = "face", ["Redact"] = "hidden", ["Crop"] = "person", ["Jobs"] = "done", ["Policy"] = "hide-persons",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sh", "bash", "-euo", "pipefail", "-c")]
    [InlineData("python", "python3", "-c")]
    [InlineData("js", "node", "--input-type=module", "-e")]
    public async Task The_examples_of_a_language_do_what_they_say(string language, string program, params string[] arguments)
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        var key = server.MakeKey(Roles.Publish | Roles.View | Roles.Control);
        await InFolderAsync(server, async folder =>
        {
            foreach (var heading in ExamplePage.Headings)
            {
                using var run = Process.Start(new ProcessStartInfo(program, [.. arguments, ExamplePage.Whole(heading, language)])
                {
                    RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
                    Environment =
                    {
                        ["SERVER"] = server.Address.AbsoluteUri.TrimEnd('/'), ["KEY"] = key, ["PICTURE"] = Portrait.Path, ["FOLDER"] = folder, ["ROOM"] = Room,
                        ["NO_PROXY"] = "*", ["no_proxy"] = "*",
                    },
                })!;
                var faults = run.StandardError.ReadToEndAsync(Cancel);
                var told = await run.StandardOutput.ReadToEndAsync(Cancel);
                await run.WaitForExitAsync(Cancel);
                run.ExitCode.ShouldBe(0, $"{heading}: {told} {await faults}");
                told.ShouldContain(Said[heading], Case.Sensitive, $"{heading}: {told}");
            }
        });
    }

    [Fact]
    public async Task The_examples_in_CSharp_are_those_of_the_sample_and_do_what_they_say()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        using var client = new LiveFaceClient(server.Address, server.MakeKey(Roles.Publish | Roles.View | Roles.Control));
        var sample = await File.ReadAllTextAsync(Checkout.PathOf("samples", "Client", "Examples.cs"), Cancel);
        await InFolderAsync(server, async folder =>
        {
            foreach (var heading in ExamplePage.Headings)
            {
                using var output = new StringWriter();
                var examples = new Examples(client, Portrait.Path, folder, Room, output);
                await (Task)typeof(Examples).GetMethod($"{heading}Async")!.Invoke(examples, [])!;
                output.ToString().ShouldContain(Said[heading], Case.Sensitive, heading);
                var indented = string.Concat(ExamplePage.Of(heading, "csharp").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"        {line}\n"));
                sample.ShouldContain($"public async Task {heading}Async()\n    {{\n{indented}    }}\n", Case.Sensitive);
            }
        });
    }

    /// <summary>What all of them leave behind: two safe pictures, a policy, and no job.</summary>
    private static async Task InFolderAsync(RunningServer server, Func<string, Task> run)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-examples-");
        try
        {
            ExamplePage.Headings.ShouldBe(Said.Keys);
            await run(folder.FullName);
            foreach (var safe in (string[])["safe.png", "job.png"])
                Portrait.FaceIn(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, safe), Cancel)).ShouldBeLessThan(Likeness.Shown, safe);
            using var admin = new LiveFaceClient(server.Address, server.MakeKey(Roles.Admin));
            (await admin.GetPolicyAsync(Room, Cancel)).Preset.ShouldBe("hide-persons");
            (await admin.Jobs.ListAsync(Cancel)).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
