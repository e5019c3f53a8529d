using LiveFace.Access;
using LiveFace.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Hub;

internal static class HubSetup
{
    private const int LargestMessage = 80 * 1024;

    public static void AddRoomHub(this IServiceCollection services)
    {
        services.AddSingleton<HubMembers>();
        services.AddSingleton<HubErrors>();
        services.AddHostedService<StatisticsTicker>();
        services.AddHostedService<JobWatch>();
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = LargestMessage;
            options.KeepAliveInterval = TimeSpan.FromSeconds(10);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            options.HandshakeTimeout = TimeSpan.FromSeconds(10);
            options.EnableDetailedErrors = false;
            options.AddFilter<HubErrors>();
        }).AddJsonProtocol(options => ApiJson.Configure(options.PayloadSerializerOptions));
    }

    /// <summary>WebSockets only: they have back-pressure of their own and are everywhere that WebRTC is.</summary>
    public static void MapRoomHub(this IEndpointRouteBuilder routes) =>
        routes.MapHub<RoomHub>("/hub", options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.TransportMaxBufferSize = 64 * 1024;
            options.ApplicationMaxBufferSize = LargestMessage;
            options.WebSockets.CloseTimeout = TimeSpan.FromSeconds(2);
        }).Needs(Roles.None).Counts(Quota.HubConnections);
}
