using LiveFace.Cli;
using LiveFace.Client;
using LiveFace.Client.Messages;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.People;

/// <summary>The same by the command line and by the .NET client.</summary>
public sealed class PeopleClientsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-people-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_line_enrols_lists_and_forgets()
    {
        await using var server = await RunningServer.StartAsync(PeopleRig.Key);
        var files = PeopleRig.Pictures.Select((picture, i) =>
        {
            var path = Path.Combine(_folder, $"{i}.png");
            File.WriteAllBytes(path, picture);
            return path;
        }).ToArray();

        var (code, _, errors) = await RunAsync(server, ["enrol", "ada", .. files, "--days", "30"]);
        code.ShouldBe(CommandLine.Refused);
        errors.ShouldContain("--consent");
        string output;
        (code, output, errors) = await RunAsync(server, ["enrol", "ada", .. files, "--days", "30", "--rooms", "standup.*", "--consent"]);
        code.ShouldBe(CommandLine.Success, errors);
        output.ShouldContain("/withdraw#lfp_");
        (await RunAsync(server, ["list"])).Output.ShouldContain("ada  ready  rooms standup.*");
        (await RunAsync(server, ["list", "--room", "elsewhere"])).Output.ShouldBeEmpty();
        (await RunAsync(server, ["withdraw", "ada"])).Code.ShouldBe(CommandLine.Success);
        (code, _, errors) = await RunAsync(server, ["withdraw", "ada"]);
        code.ShouldBe(CommandLine.Refused);
        errors.ShouldContain("Nobody is enrolled");
    }

    [Fact]
    public async Task The_dotnet_client_enrols_names_and_forgets()
    {
        await using var server = await RunningServer.StartAsync(PeopleRig.Key);
        using var client = new LiveFaceClient(server.Address);
        var receipt = await client.People.EnrolAsync(
            "ada", [.. PeopleRig.Pictures.Select(picture => ((Stream)new MemoryStream(picture), "image/png"))], new PersonOrder(true, 30), Cancel);
        receipt.Withdraw.ShouldContain("/withdraw#lfp_");
        (await client.People.GetAsync(cancel: Cancel)).ShouldHaveSingleItem().State.ShouldBe("ready");
        var rule = new PolicyRule(new RuleWhen { Model = "faces", ExceptPeople = ["ada"] }, "ellipse", new RuleHow("blur"));
        var policy = await client.SetPolicyAsync("a", new RoomPolicy { Rules = [rule] }, cancel: Cancel);
        policy.Rules!.ShouldHaveSingleItem().When.ExceptPeople.ShouldBe(["ada"]);
        await client.People.RemoveAsync("ada", Cancel);
        (await client.People.GetAsync("a", Cancel)).ShouldBeEmpty();
        (await Should.ThrowAsync<LiveFaceException>(() => client.People.RemoveAsync("ada", Cancel))).Code.ShouldBe("not-found");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(RunningServer server, string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(["people", .. args, "--server", server.Address.ToString()], output, errors, Cancel);
        return (code, output.ToString().Trim(), errors.ToString());
    }
}
