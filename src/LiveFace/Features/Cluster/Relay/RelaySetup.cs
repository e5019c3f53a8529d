using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Relay;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Features.Cluster.Relay;

internal static class RelaySetup
{
    /// <summary>What feeds other nodes, and with <paramref name="pulls"/> what pulls from them.</summary>
    public static void AddRelay(
        this IServiceCollection services, Func<IServiceProvider, string> node, Func<IServiceProvider, string> secret,
        Func<IServiceProvider, NodeCertificates?> certificates, bool pulls)
    {
        services.AddGrpc();
        services.AddSingleton<RelayMeter>();
        services.AddSingleton<RelayCounters>();
        services.AddHostedService<RelayLife>();
        services.AddSingleton(s => new RelayService(
            s.GetRequiredService<RoomDirectory>(), s.GetRequiredService<IRoomOwners>(), secret(s), s.GetRequiredService<RelayMeter>(),
            s.GetRequiredService<TimeProvider>()));
        if (!pulls)
            return;
        services.AddSingleton(s => new RelayChannels(node(s), s.GetRequiredService<NodeSignature>(), certificates(s)));
        services.AddSingleton(s => new RelayDirectory(
            s.GetRequiredService<RoomParts>(),
            new RelayClient(s.GetRequiredService<IRoomOwners>(), s.GetRequiredService<RelayChannels>(), secret(s), s.GetRequiredService<TimeProvider>()),
            new RelayMeter(), s.GetRequiredService<RoomDirectory>()));
    }

    /// <summary>For nodes alone: to all others it is not there.</summary>
    public static void MapRelay(this IEndpointRouteBuilder routes, Func<HttpContext, bool> isNodes) => routes.MapGrpcService<RelayService>()
        .ExcludeFromDescription()
        .WithMetadata(new AccessRule(Roles.None, Anyone: true, ReadsKey: false))
        .Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } pull)
                endpoint.RequestDelegate = context => isNodes(context) ? pull(context) : Problem.NotFound.WriteAsync(context);
        });
}
