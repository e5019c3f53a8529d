namespace LiveFace.Cluster.Tests.Nodes;

public sealed class AloneTests
{
    [Fact]
    public async Task A_server_that_is_alone_loads_nothing_of_clusters_and_no_PostgreSQL()
    {
        await using var alone = NodeProcess.BeginAlone();
        await alone.ReadyAsync();
        using var put = await alone.PutAsync("/api/rooms/room/policy", """{"cover":true,"rules":[]}""");
        put.EnsureSuccessStatusCode();
        var loaded = alone.LoadedFiles();
        loaded.ShouldContain("LiveFace.Rooms.dll");
        loaded.ShouldNotContain("LiveFace.Cluster.dll");
        loaded.ShouldNotContain("Npgsql.dll");
        loaded.ShouldNotContain(file => file.StartsWith("Orleans", StringComparison.Ordinal));
    }
}
