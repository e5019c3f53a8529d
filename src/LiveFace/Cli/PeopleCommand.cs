using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Remote;
using LiveFace.Films;

namespace LiveFace.Cli;

/// <summary><c>liveface people</c>: people of a server who agreed to be left alone.</summary>
internal static class PeopleCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "What policies call them." };
    private static readonly Argument<string[]> Pictures = new("pictures") { Description = "Three to eight pictures that show them alone.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Consent = new("--consent") { Description = "The person agreed to be known again by this server." };
    private static readonly Option<int> Days = new("--days") { Description = "For how many days they agreed.", Required = true };
    private static readonly Option<string> Rooms = new("--rooms") { Description = "For which rooms they agreed: a name, a beginning such as standup.*, or all.", DefaultValueFactory = _ => "*" };
    private static readonly Option<string?> Room = new("--room") { Description = "Only those who may be left alone in this room." };

    public static Command Create() => new("people", "Enrols people who agreed to be left alone, lists and forgets them.")
    {
        RemoteCommand.Server, RemoteCommand.Key,
        new Command("list", "Lists them: ids and dates.") { Room, FilmOptions.Json }.Asks(ListAsync),
        new Command("enrol", "Enrols somebody, or takes new pictures of them. The server keeps no picture.") { Id, Pictures, Days, Rooms, Consent, FilmOptions.Json }.Asks(EnrolAsync),
        new Command("withdraw", "Forgets somebody: in every room at once.") { Id }.Asks(async (server, parsed, cancel) =>
        {
            using var answer = await server.SendAsync(HttpMethod.Delete, PathOf(parsed), null, cancel);
        }),
    };

    private static async Task ListAsync(RemoteServer server, ParseResult parsed, CancellationToken cancel)
    {
        var path = parsed.GetValue(Room) is { } room ? $"/api/rooms/{Uri.EscapeDataString(room)}/people" : "/api/people";
        var all = await RemoteServer.ReadAsync(await server.SendAsync(HttpMethod.Get, path, null, cancel), cancel);
        foreach (var person in ((JsonArray)all!).OfType<JsonObject>())
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(FilmOptions.Json)
                ? person.ToJsonString()
                : $"{person["id"]}  {person["state"]}  rooms {person["rooms"]}  until {person["expires"]}");
    }

    private static async Task EnrolAsync(RemoteServer server, ParseResult parsed, CancellationToken cancel)
    {
        if (!parsed.GetValue(Consent))
            throw new FileRedactionException("Say --consent: nobody is enrolled who has not agreed to it.");
        using var form = new MultipartFormDataContent();
        var order = new JsonObject { ["consent"] = true, ["days"] = parsed.GetValue(Days), ["rooms"] = parsed.GetRequiredValue(Rooms) };
        form.Add(new StringContent(order.ToJsonString(), new MediaTypeHeaderValue("application/json")), "person");
        foreach (var file in parsed.GetRequiredValue(Pictures))
            form.Add(await RemoteCommand.PictureAsync(file, cancel), "picture", "picture");

        var receipt = (await RemoteServer.ReadAsync(await server.SendAsync(HttpMethod.Put, PathOf(parsed), form, cancel), cancel))!;
        await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(FilmOptions.Json)
            ? receipt.ToJsonString()
            : $"{receipt["id"]} is enrolled until {receipt["expires"]}. Give them this link, by which they withdraw; it is told this once:{Environment.NewLine}{receipt["withdraw"]}");
    }

    private static string PathOf(ParseResult parsed) => $"/api/people/{Uri.EscapeDataString(parsed.GetRequiredValue(Id))}";
}
