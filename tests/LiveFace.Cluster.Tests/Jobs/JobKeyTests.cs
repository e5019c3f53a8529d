using System.Net;
using System.Text.Json;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Tests.Nodes;

namespace LiveFace.Cluster.Tests.Jobs;

/// <summary>Whose job it is, and what their key may do, counts at each node, and once more at the one that has the job.</summary>
public sealed class JobKeyTests
{
    private const string Maker = "a maker's key for the jobs of this test", Other = "another maker's key for this test";
    private const string Guest = "a viewer's key for the jobs of this test", Reviewer = "a reviewer's key for the jobs of this test";
    private const string Admin = "an admin's key for the jobs of this test";

    private static readonly string[] Settings =
    [
        "--Access:RequireKey=true", "--Access:RequestsPerMinute=10000", "--Access:FailuresPerMinute=1000", "--Films:Workers=1", .. Key(0, Maker, "publish"), .. Key(1, Other, "publish", "review"), .. Key(2, Guest, "view"),
        .. Key(3, Reviewer, "publish", "review"), .. Key(4, Admin, "admin"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_gets_no_further_with_a_job_of_another_node_than_at_that_node()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection, Settings);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection, Settings);
        var film = await NodeJobs.FilmAsync(6);
        var id = await a.UploadAsync(film, Maker, "&review=true");
        var reviewed = await a.UploadAsync(film, Reviewer, "&review=true");
        await b.FollowAsync(id, "review", Maker);
        await b.FollowAsync(reviewed, "review", Reviewer);

        string[] reads = ["", "/events", "/tracks", "/edits", "/boxes", "/preview/1", "/result", "/report", "/pictures/1", "/tracks/1/thumbnail"];
        foreach (var path in reads)
        {
            (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{id}{path}", Guest)).ShouldBe(HttpStatusCode.Forbidden, path);
            (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{id}{path}", Other)).ShouldBe(HttpStatusCode.NotFound, path);
            (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{id}{path}", "no key")).ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Delete, ""), (HttpMethod.Post, "/pause"), (HttpMethod.Post, "/resume"), (HttpMethod.Post, "/render")])
            (await StatusAsync(b, method, $"/api/jobs/{id}{path}", Other)).ShouldBe(HttpStatusCode.NotFound, path);
        using (var piece = await b.PieceAsync(id, 0, new ByteArrayContent([1]), Other))
            piece.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // Pictures as they are: for who may review, and not even for admins without that.
        (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{id}/preview/1", Maker)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{id}/pictures/1", Maker)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{id}/pictures/1", Admin)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(b, HttpMethod.Get, $"/api/jobs/{reviewed}/pictures/1", Reviewer)).ShouldBe(HttpStatusCode.OK);
        foreach (var (key, seen) in ((string, string[])[])[(Maker, [id]), (Other, []), (Admin, [id, reviewed])])
            (await b.AskAsync(HttpMethod.Get, "/api/jobs", key).ReadAsync()).EnumerateArray().Select(job => job.GetProperty("id").GetString()!).ShouldBe(seen);

        // A node that lets somebody through by mistake changes nothing.
        var makers = (await b.AskAsync(HttpMethod.Get, "/api/keys", Admin).ReadAsync()).EnumerateArray().ToDictionary(
            key => key.GetProperty("name").GetString()!, key => key.GetProperty("id").GetString()!);
        (await AtOwnerAsync(a, $"/api/jobs/{id}", makers["key-2"])).ShouldBe(HttpStatusCode.Forbidden);
        (await AtOwnerAsync(a, $"/api/jobs/{id}", makers["key-1"])).ShouldBe(HttpStatusCode.NotFound);
        (await AtOwnerAsync(a, $"/api/jobs/{id}/pictures/1", makers["key-0"])).ShouldBe(HttpStatusCode.Forbidden);
        (await AtOwnerAsync(a, $"/api/jobs/{id}/pictures/1", makers["key-4"])).ShouldBe(HttpStatusCode.Forbidden);
        (await AtOwnerAsync(a, $"/api/jobs/{id}", makers["key-0"])).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>What a node answers one that speaks for a key.</summary>
    private static async Task<HttpStatusCode> AtOwnerAsync(NodeProcess node, string path, string credential)
    {
        using var caller = new NodeCaller("b", new NodeSignature(NodeProcess.Secret, TimeProvider.System), certificates: null);
        using var answer = await caller.StreamAsync(node.NodeAddress, HttpMethod.Get, path, null, request =>
        {
            request.Headers.Host = "localhost";
            request.Headers.TryAddWithoutValidation(
                "LiveFace-Grant", JsonSerializer.Serialize(new { credential, name = "anybody", owner = credential, scopes = "admin,publish,review@*" }));
        }, Cancel);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(NodeProcess node, HttpMethod method, string path, string key)
    {
        using var answer = await node.AskAsync(method, path, key);
        return answer.StatusCode;
    }

    private static string[] Key(int number, string key, params string[] roles) =>
    [
        $"--Access:Keys:{number}:Key={key}", $"--Access:Keys:{number}:Name=key-{number}", .. roles.Select((role, at) => $"--Access:Keys:{number}:Roles:{at}={role}"),
    ];
}
