using System.Net;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Rooms of a cluster as its database has them.</summary>
internal static class ClusterRooms
{
    /// <summary>A room that fell to a certain node when it was asked for at another.</summary>
    public static async Task<string> OwnedByAsync(PostgresServer postgres, NodeProcess asked, string owner)
    {
        for (var number = 0; ; number++)
        {
            var room = $"room-{number}";
            using var put = await asked.PutAsync($"/api/rooms/{room}/policy", """{"preset":"overlay-boxes","nothingHidden":true,"rules":[]}""");
            put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            if (await OwnerAsync(postgres, room) == owner)
                return room;
        }
    }

    public static Task<string> OwnerAsync(PostgresServer postgres, string room) =>
        postgres.AskAsync<string>($"SELECT node FROM liveface_owners JOIN liveface_nodes USING (tenure) WHERE room = '{room}'");

    public static Task<long> EpochAsync(PostgresServer postgres, string room) =>
        postgres.AskAsync<long>($"SELECT epoch FROM liveface_owners WHERE room = '{room}'");
}
