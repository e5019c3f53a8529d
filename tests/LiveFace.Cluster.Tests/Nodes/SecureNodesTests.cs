using System.Net;
using LiveFace.Cluster.Calls;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Nodes that call one another by TLS, with certificates of an authority of their own at both ends.</summary>
public sealed class SecureNodesTests
{
    private const int Striped = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_certificate_of_the_authority_is_neither_answered_nor_believed()
    {
        using var authority = new NodeAuthority("nodes");
        using var other = new NodeAuthority("others");
        await using var postgres = await PostgresServer.StartAsync();
        await using var node = await NodeProcess.StartAsync("a", postgres.Connection, authority.SettingsFor("a"));

        (await CallAsync(node.SecureAddress, authority.CertificatesOf("b"))).ShouldBe(HttpStatusCode.OK);
        // A stranger who believes the node; a node that meets a stranger; nobody at all; and in the clear.
        await Should.ThrowAsync<ClusterException>(() => CallAsync(node.SecureAddress, other.CertificatesOf("c", authority)));
        await Should.ThrowAsync<ClusterException>(() => CallAsync(node.SecureAddress, authority.CertificatesOf("d", other)));
        await Should.ThrowAsync<ClusterException>(() => CallAsync(node.SecureAddress, certificates: null));
        await Should.ThrowAsync<ClusterException>(() => CallAsync(node.NodeAddress, certificates: null));
    }

    [Fact]
    public async Task Requests_and_relayed_pictures_go_between_nodes_that_have_certificates()
    {
        using var authority = new NodeAuthority("nodes");
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await Task.WhenAll(
            NodeProcess.StartAsync("a", postgres.Connection, authority.SettingsFor("a")),
            NodeProcess.StartAsync("b", postgres.Connection, authority.SettingsFor("b")));
        await using var a = nodes[0];
        await using var b = nodes[1];

        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, room);
        await using var viewer = await RoomPeer.WatchUntilTakenAsync(a, room);
        await Eventually.IsAsync(() => viewer.Frames > 5 && viewer.Spread > Striped);
        publisher.Session!.AbsolutePath.ShouldStartWith($"/whip/{room}/b~");
        viewer.Session!.AbsolutePath.ShouldStartWith($"/whep/{room}/a~");
    }

    private static async Task<HttpStatusCode> CallAsync(Uri node, NodeCertificates? certificates)
    {
        using var caller = new NodeCaller("b", new NodeSignature(NodeProcess.Secret, TimeProvider.System), certificates);
        using var answer = await caller.CallAsync(node, HttpMethod.Get, "/health/live", default, null, Cancel);
        return answer.StatusCode;
    }
}
