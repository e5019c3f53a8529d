using System.Net;
using System.Text;
using LiveFace.Cluster.Calls;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>The address for other nodes, and who is answered there.</summary>
public sealed class NodeDoorTests
{
    private static readonly byte[] Policy = Encoding.UTF8.GetBytes("""{"cover":true,"rules":[]}""");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_calls_that_are_signed_with_the_secret_are_answered_and_only_where_nodes_call()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var node = await NodeProcess.StartAsync("a", postgres.Connection);
        (await CallAsync(node.NodeAddress, NodeProcess.Secret)).ShouldBe(HttpStatusCode.OK);
        (await CallAsync(node.NodeAddress, NodeProcess.Secret + "!")).ShouldBe(HttpStatusCode.Forbidden);

        // A signature counts for nothing where everybody calls: what it vouches for is not looked at.
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node.Address, "/node/states"));
        request.Headers.TryAddWithoutValidation(
            NodeSignature.Header, new NodeSignature(NodeProcess.Secret, TimeProvider.System).Sign("a", "GET", "/node/states", default));
        using var answer = await client.SendAsync(request, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var bare = new HttpRequestMessage(HttpMethod.Get, node.NodeAddress) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var refused = await client.SendAsync(bare, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Beyond_one_machine_nodes_do_not_begin_without_TLS_between_them()
    {
        await using var server = await OfAsync("--Cluster:Address=http://10.0.0.5:8190");
        server.Log.ShouldContain("Cluster:Address: nodes on several machines need TLS");
        await using var secretless = await OfAsync("--Cluster:Secret=short");
        secretless.Log.ShouldContain("Cluster:Secret: must be at least 32 characters");
        secretless.Log.ShouldNotContain("short,");
    }

    private static async Task<HttpStatusCode> CallAsync(Uri node, string secret)
    {
        using var caller = new NodeCaller("b", new NodeSignature(secret, TimeProvider.System), certificates: null);
        using var answer = await caller.CallAsync(node, HttpMethod.Get, "/health/live", Policy, null, Cancel);
        return answer.StatusCode;
    }

    private static async Task<NodeProcess> OfAsync(string setting)
    {
        var node = NodeProcess.Begin("a", "Host=127.0.0.1;Port=1;Username=none", setting);
        await node.EndedAsync();
        return node;
    }
}
