using System.Text.Json;
using LiveFace.Access;
using LiveFace.Cli;
using LiveFace.Tests.Files;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Cli;

/// <summary>Jobs of a server by commands, as somebody on another machine gives them.</summary>
public sealed class JobsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-jobs-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task A_picture_is_added_watched_got_and_deleted()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        string[] there = ["--server", server.Address.ToString(), "--key", server.MakeKey(Roles.Publish)];
        var (picture, safe) = (Path.Combine(_folder, "me.png"), Path.Combine(_folder, "safe.png"));
        File.Copy(Portrait.Path, picture);

        (await RunAsync(["jobs", "add", picture, "--wait", "--json", .. there])).ShouldBe(CommandLine.Success);
        var job = JsonDocument.Parse(_output.ToString()).RootElement;
        (job.GetProperty("state").GetString(), job.GetProperty("name").GetString()).ShouldBe(("done", "me.png"));
        var id = job.GetProperty("id").GetString()!;
        (await RunAsync(["jobs", "list", .. there])).ShouldBe(CommandLine.Success);
        _output.ToString().ShouldContain($"{id}  done       me.png: 1 pictures, 1 tracks hidden");
        (await RunAsync(["jobs", "get", id, "-o", safe, .. there])).ShouldBe(CommandLine.Success);
        Portrait.FaceIn(await File.ReadAllBytesAsync(safe, TestContext.Current.CancellationToken)).ShouldBeLessThan(Likeness.Shown);
        (await RunAsync(["jobs", "get", id, "-o", safe, .. there])).ShouldBe(CommandLine.Refused);
        (await RunAsync(["jobs", "delete", id, .. there])).ShouldBe(CommandLine.Success);
        (await RunAsync(["jobs", "watch", id, .. there])).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain("There is no such job.");
    }

    [Theory]
    [InlineData("ftp://nowhere", "has to be an address")]
    [InlineData("http://127.0.0.1:1", "does not answer")]
    public async Task A_server_that_is_none_is_one_sentence(string server, string expected)
    {
        (await RunAsync("jobs", "list", "--server", server)).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain(expected);
        _errors.ToString().TrimEnd().ShouldNotContain("\n");
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, _output, _errors, TestContext.Current.CancellationToken);
}
