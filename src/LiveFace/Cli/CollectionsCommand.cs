using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Remote;
using LiveFace.Films;

namespace LiveFace.Cli;

/// <summary><c>liveface collections</c>: things of a server to be found again by how they look.</summary>
internal static class CollectionsCommand
{
    private const string KeyVariable = "LIVEFACE_KEY";

    private static readonly Option<string> Server = new("--server")
    {
        Description = "The server. Usual: http://localhost:8080.", DefaultValueFactory = _ => "http://localhost:8080", Recursive = true,
    };

    private static readonly Option<string?> Key = new("--key") { Description = $"The access key; better in the environment as {KeyVariable}.", Recursive = true };
    private static readonly Argument<string> Name = new("collection") { Description = "The collection's name." };
    private static readonly Argument<string[]> Pictures = new("pictures") { Description = "Pictures of one thing each; their names are the items' ids.", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string> Picture = new("picture") { Description = "A picture of what is searched for." };
    private static readonly Option<int?> Dimensions = new("--dimensions") { Description = "Numbers of a vector; without it, it is a collection of pictures." };
    private static readonly Option<string?> Metadata = new("--metadata") { Description = "What is kept beside each, as JSON." };
    private static readonly Option<string?> Filter = new("--filter") { Description = "What an item's metadata have to say, as JSON." };
    private static readonly Option<int> Count = new("--count") { Description = "How many of the nearest.", DefaultValueFactory = _ => 10 };
    private static readonly Option<string?> Item = new("--item") { Description = "Only this item." };

    public static Command Create() => new("collections", "Finds things again by how they look, and never people.")
    {
        Server, Key,
        Verb(new Command("list", "Lists the collections.") { FilmOptions.Json }, ListAsync),
        Verb(new Command("make", "Makes a collection of pictures, or of vectors.") { Name, Dimensions }, async (server, parsed, cancel) =>
        {
            using var answer = await server.SendAsync(HttpMethod.Put, PathOf(parsed), JsonOf(new JsonObject { ["dimensions"] = parsed.GetValue(Dimensions) }), cancel);
        }),
        Verb(new Command("add", "Adds the main objects of pictures. No picture is kept.") { Name, Pictures, Metadata }, AddAsync),
        Verb(new Command("search", "Finds what is like a picture's main object.") { Name, Picture, Count, Filter, FilmOptions.Json }, SearchAsync),
        Verb(new Command("delete", "Deletes a collection, or one item.") { Name, Item }, async (server, parsed, cancel) =>
        {
            var item = parsed.GetValue(Item) is { } id ? $"/items/{Uri.EscapeDataString(id)}" : "";
            using var answer = await server.SendAsync(HttpMethod.Delete, PathOf(parsed) + item, null, cancel);
        }),
    };

    private static Command Verb(Command command, Func<RemoteServer, ParseResult, CancellationToken, Task> run)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var server = new RemoteServer(parsed.GetRequiredValue(Server), parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable));
            await run(server, parsed, cancel);
            return CommandLine.Success;
        });
        return command;
    }

    private static async Task ListAsync(RemoteServer server, ParseResult parsed, CancellationToken cancel)
    {
        var all = (JsonArray)(await RemoteServer.ReadAsync(await server.SendAsync(HttpMethod.Get, "/api/collections", null, cancel), cancel))!;
        foreach (var one in all)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(FilmOptions.Json)
                ? one!.ToJsonString()
                : $"{one!["name"]}  {one["items"]} items  {((bool)one["ofPictures"]! ? "pictures" : $"vectors of {one["dimensions"]}")}");
    }

    private static async Task AddAsync(RemoteServer server, ParseResult parsed, CancellationToken cancel)
    {
        var metadata = parsed.GetValue(Metadata) is { } json ? $"?metadata={Uri.EscapeDataString(json)}" : "";
        foreach (var file in parsed.GetRequiredValue(Pictures))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            using var answer = await server.SendAsync(HttpMethod.Put, $"{PathOf(parsed)}/items/{Uri.EscapeDataString(id)}{metadata}", await PictureAsync(file, cancel), cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(id);
        }
    }

    private static async Task SearchAsync(RemoteServer server, ParseResult parsed, CancellationToken cancel)
    {
        var filter = parsed.GetValue(Filter) is { } json ? $"&filter={Uri.EscapeDataString(json)}" : "";
        var answer = await server.SendAsync(
            HttpMethod.Post, $"{PathOf(parsed)}/search?count={parsed.GetValue(Count)}{filter}", await PictureAsync(parsed.GetRequiredValue(Picture), cancel), cancel);
        var found = (await RemoteServer.ReadAsync(answer, cancel))!;
        if (parsed.GetValue(FilmOptions.Json))
            await parsed.InvocationConfiguration.Output.WriteLineAsync(found.ToJsonString());
        else
            foreach (var one in (JsonArray)found["found"]!)
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(float)one!["distance"]!:0.000}  {one["id"]}");
    }

    private static string PathOf(ParseResult parsed) => $"/api/collections/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}";

    private static StringContent JsonOf(JsonObject json) => new(json.ToJsonString(), new MediaTypeHeaderValue("application/json"));

    private static async Task<ByteArrayContent> PictureAsync(string file, CancellationToken cancel) => File.Exists(file)
        ? new ByteArrayContent(await File.ReadAllBytesAsync(file, cancel)) { Headers = { ContentType = new MediaTypeHeaderValue(PictureTypes.Of(file)) } }
        : throw new FileRedactionException($"There is no file {file}.");
}
