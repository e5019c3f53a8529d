using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Runtime.InteropServices;
using LiveFace.Access;
using LiveFace.Features.Collections.State;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Collections;

/// <summary>Collections of vectors over HTTP: what is near, what a filter lets through, whose they are, and what outlasts a restart.</summary>
public sealed class CollectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-collections-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbours_come_nearest_first_filtered_replaced_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();
        (await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":3}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":3}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":4}""")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        (await PostAsync(server.Client, "/api/collections/shop/items", """
            {"items":[{"id":"a","vector":[1,0,0],"metadata":{"colour":"red","price":3}},{"id":"b","vector":[0.9,0.1,0],"metadata":{"colour":"blue"}},
                      {"id":"c","vector":[0,0,1],"metadata":{"colour":"red"}}]}
            """)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await SearchAsync(server.Client, """{"vector":[1,0,0]}""")).ShouldBe(["a", "b", "c"]);
        (await SearchAsync(server.Client, """{"vector":[1,0,0],"count":1}""")).ShouldBe(["a"]);
        (await SearchAsync(server.Client, """{"vector":[1,0,0],"filter":{"colour":"red"}}""")).ShouldBe(["a", "c"]);
        (await SearchAsync(server.Client, """{"vector":[1,0,0],"filter":{"colour":["blue","green"]}}""")).ShouldBe(["b"]);
        (await SearchAsync(server.Client, """{"vector":[1,0,0],"filter":{"colour":"red","price":4}}""")).ShouldBeEmpty();
        (await PutAsync(server.Client, "/api/collections/shop/items/a", """{"vector":[0,1,0]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SearchAsync(server.Client, """{"vector":[1,0,0]}""")).ShouldBe(["b", "a", "c"], ignoreOrder: true);
        (await SearchAsync(server.Client, """{"vector":[0,1,0],"count":1}""")).ShouldBe(["a"]);
        (await server.Client.DeleteAsync("/api/collections/shop/items/b", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SearchAsync(server.Client, """{"vector":[1,0,0]}""")).ShouldBe(["a", "c"], ignoreOrder: true);
        await (await server.Client.GetAsync("/api/collections/shop/items/b", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await server.Client.GetStringAsync("/api/collections", Cancel)).ShouldContain("\"items\":2");
        (await server.Client.DeleteAsync("/api/collections/shop", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.Client.GetStringAsync("/api/collections", Cancel)).ShouldBe("[]");
    }

    [Fact]
    public async Task What_is_not_as_described_is_refused_with_its_field()
    {
        await using var server = await RunningServer.StartAsync();
        await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":3}""");
        await PutAsync(server.Client, "/api/collections/pictures", "{}");
        (string Path, string Body, string Field)[] wrong =
        [
            ("shop/items", """{"items":[]}""", "items"), ("shop/items", """{"items":[{"id":"a","vector":[1,2]}]}""", "items[0].vector"),
            ("shop/items", """{"items":[{"id":"a","vector":[0,0,0]}]}""", "items[0].vector"), ("shop/items", """{"items":[{"id":"../a","vector":[1,0,0]}]}""", "items[0].id"),
            ("shop/items", """{"items":[{"id":"a","vector":[1,0,0],"metadata":{"x":{"y":1}}}]}""", "metadata"),
            ("shop/search", """{"vector":[1,0]}""", "vector"), ("shop/search", """{"vector":[1,0,0],"count":101}""", "count"),
            ("shop/search", """{"vector":[1,0,0],"filter":[1]}""", "filter"), ("shop/search", """{"vector":[1e39,0,0]}""", "body"),
            ("pictures/items", $$"""{"items":[{"id":"a","vector":[{{string.Join(',', Enumerable.Repeat("1", 512))}}]}]}""", "items[0].vector"),
        ];
        foreach (var (path, body, field) in wrong)
        {
            using var answer = await PostAsync(server.Client, $"/api/collections/{path}", body);
            if (field == "body" && answer.StatusCode == HttpStatusCode.BadRequest)
                continue;
            (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid")).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue($"{path} {body}");
        }

        await (await PutAsync(server.Client, "/api/collections/..%2Fx", "{}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    [Fact]
    public async Task A_collection_is_its_keys_and_a_link_searches_and_changes_nothing()
    {
        await using var server = await RunningServer.StartLockedAsync("--Collections:PerKey=1");
        var key = server.MakeKey(Roles.Publish | Roles.Control, "*");
        using var owner = server.ClientWith(key);
        using var other = server.ClientWith(server.MakeKey(Roles.Publish));
        using var link = server.ClientWith(await Access.RevocationTests.ShareAsync(server, key, "a", "publish"));
        (await PutAsync(owner, "/api/collections/shop", """{"dimensions":2}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await PutAsync(owner, "/api/collections/second", """{"dimensions":2}""")).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        await PostAsync(owner, "/api/collections/shop/items", """{"items":[{"id":"a","vector":[1,0]}]}""");

        (await SearchAsync(link, """{"vector":[1,0]}""")).ShouldBe(["a"]);
        (await link.GetStringAsync("/api/collections", Cancel)).ShouldBe("[]");
        await (await link.DeleteAsync("/api/collections/shop", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await PostAsync(link, "/api/collections/shop/items", """{"items":[{"id":"b","vector":[1,0]}]}""")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await PostAsync(other, "/api/collections/shop/search", """{"vector":[1,0]}""")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await PutAsync(other, "/api/collections/shop", """{"dimensions":2}""")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        (await other.GetStringAsync("/api/collections", Cancel)).ShouldBe("[]");
    }

    [Theory]
    [InlineData("as it was")]
    [InlineData("killed")]
    [InlineData("damaged")]
    [InlineData("half")]
    [InlineData("gone")]
    public async Task All_is_found_again_after_a_restart_whatever_became_of_the_snapshot(string what)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        var server = await RunningServer.StartInAsync(data);
        await using (server)
        {
            await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":2}""");
            await PostAsync(server.Client, "/api/collections/shop/items", """{"items":[{"id":"a","vector":[1,0]},{"id":"b","vector":[0,1]},{"id":"c","vector":[-1,0]}]}""");
            var shelf = server.Services.GetRequiredService<CollectionShelf>();
            shelf.Snapshot();
            // What comes after the snapshot, and what goes.
            await PostAsync(server.Client, "/api/collections/shop/items", """{"items":[{"id":"d","vector":[0.9,0.1]}]}""");
            await server.Client.DeleteAsync("/api/collections/shop/items/a", Cancel);
            if (what is "as it was" or "damaged")
                shelf.Snapshot();
            Copy(data, Path.Combine(_folder, "after"));
        }

        var snapshot = Path.Combine(_folder, "after", "collections", "shop.usearch");
        var bytes = await File.ReadAllBytesAsync(snapshot, Cancel);
        if (what == "damaged")
            Turn(bytes);
        if (what == "half")
            bytes = bytes[..(bytes.Length / 2)];
        await File.WriteAllBytesAsync(snapshot, bytes, Cancel);
        if (what == "gone")
            File.Delete(snapshot);

        await using var again = await RunningServer.StartInAsync(Path.Combine(_folder, "after"));
        (await SearchAsync(again.Client, """{"vector":[1,0]}""")).ShouldBe(["d", "b", "c"]);
    }

    [Fact]
    public async Task What_a_killed_server_left_of_collections_that_are_gone_is_deleted()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        await using (var server = await RunningServer.StartInAsync(data))
        {
            await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":2}""");
            await PostAsync(server.Client, "/api/collections/shop/items", """{"items":[{"id":"a","vector":[1,0]}]}""");
            server.Services.GetRequiredService<CollectionShelf>().Snapshot();
            Copy(data, Path.Combine(_folder, "after"));
        }

        var folder = Path.Combine(_folder, "after", "collections");
        File.Copy(Path.Combine(folder, "shop.usearch"), Path.Combine(folder, "old.usearch"));
        File.Copy(Path.Combine(folder, "shop.usearch"), Path.Combine(folder, "shop.usearch.part"));
        await using var again = await RunningServer.StartInAsync(Path.Combine(_folder, "after"));
        Directory.GetFiles(folder, "*.usearch*").ShouldBe([Path.Combine(folder, "shop.usearch")]);
        (await SearchAsync(again.Client, """{"vector":[1,0]}""")).ShouldBe(["a"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Turns the vector that points away round, so that it would be found first.</summary>
    private static void Turn(Span<byte> snapshot)
    {
        ReadOnlySpan<float> away = [-1, 0];
        var at = snapshot.IndexOf(MemoryMarshal.AsBytes(away));
        at.ShouldBeGreaterThan(0);
        snapshot[at + 3] ^= 0x80;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string json) =>
        client.PutAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), Cancel);

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string json) =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), Cancel);

    private static async Task<string[]> SearchAsync(HttpClient client, string query)
    {
        using var answer = await PostAsync(client, "/api/collections/shop/search", query);
        return [.. (await answer.JsonAsync()).GetProperty("found").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
    }
}
