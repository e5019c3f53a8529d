using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Remote;

namespace LiveFace.Cli;

/// <summary><c>liveface collections</c>: things of a server to be found again by how they look.</summary>
internal static class CollectionsCommand
{
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
        RemoteCommand.Server, RemoteCommand.Key,
        new Command("list", "Lists the collections.") { FilmOptions.Json }.Asks(ListAsync),
        new Command("make", "Makes a collection of pictures, or of vectors.") { Name, Dimensions }.Asks(async (server, parsed, cancel) =>
        {
            using var answer = await server.SendAsync(HttpMethod.Put, PathOf(parsed), JsonOf(new JsonObject { ["dimensions"] = parsed.GetValue(Dimensions) }), cancel);
        }),
        new Command("add", "Adds the main objects of pictures. No picture is kept.") { Name, Pictures, Metadata }.Asks(AddAsync),
        new Command("search", "Finds what is like a picture's main object.") { Name, Picture, Count, Filter, FilmOptions.Json }.Asks(SearchAsync),
        new Command("delete", "Deletes a collection, or one item.") { Name, Item }.Asks(async (server, parsed, cancel) =>
        {
            var item = parsed.GetValue(Item) is { } id ? $"/items/{Uri.EscapeDataString(id)}" : "";
            using var answer = await server.SendAsync(HttpMethod.Delete, PathOf(parsed) + item, null, cancel);
        }),
    };

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
            using var answer = await server.SendAsync(HttpMethod.Put, $"{PathOf(parsed)}/items/{Uri.EscapeDataString(id)}{metadata}", await RemoteCommand.PictureAsync(file, cancel), cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(id);
        }
    }

    private static async Task SearchAsync(RemoteServer server, ParseResult parsed, CancellationToken cancel)
    {
        var filter = parsed.GetValue(Filter) is { } json ? $"&filter={Uri.EscapeDataString(json)}" : "";
        var answer = await server.SendAsync(
            HttpMethod.Post, $"{PathOf(parsed)}/search?count={parsed.GetValue(Count)}{filter}", await RemoteCommand.PictureAsync(parsed.GetRequiredValue(Picture), cancel), cancel);
        var found = (await RemoteServer.ReadAsync(answer, cancel))!;
        if (parsed.GetValue(FilmOptions.Json))
            await parsed.InvocationConfiguration.Output.WriteLineAsync(found.ToJsonString());
        else
            foreach (var one in (JsonArray)found["found"]!)
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(float)one!["distance"]!:0.000}  {one["id"]}");
    }

    private static string PathOf(ParseResult parsed) => $"/api/collections/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}";

    private static StringContent JsonOf(JsonObject json) => new(json.ToJsonString(), new MediaTypeHeaderValue("application/json"));
}
