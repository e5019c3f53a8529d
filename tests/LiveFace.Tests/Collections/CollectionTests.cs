using System.Net;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Collections;

/// <summary>Collections of vectors over HTTP: what is near, what a filter lets through, whose they are, and what outlasts a restart.</summary>
public sealed class CollectionTests : CollectionTestBase
{
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
        using var link = server.ClientWith(await Access.KeySteps.ShareAsync(server, key, "a", "publish"));
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
}
