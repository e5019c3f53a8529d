using System.Diagnostics.Metrics;
using LiveFace.Access;
using LiveFace.Features.Document;
using LiveFace.Features.Rooms;
using LiveFace.Features.Sessions;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Telemetry;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;
using Microsoft.Extensions.Options;

namespace LiveFace.Hosting;

internal static class ApiSetup
{
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.AddApiDocument();
        services.AddSingleton(new SessionNames(""));
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<RoomDoor>();
        services.AddSingleton<IStoreBeat>(s => s.GetRequiredService<RoomDoor>());
        services.AddSingleton<RoomReach>();
        services.AddSingleton<IRoomReach>(s => s.GetRequiredService<RoomReach>());
        services.AddSingleton<IceServers>();
        services.AddSingleton(s => new RtcEndpoint(
            s.GetRequiredService<IOptions<MediaOptions>>().Value.ToEndpointOptions(s.GetRequiredService<AccessMode>().ThisMachineOnly)
                with
            { OnFault = s.GetRequiredService<FaultSink>().Report, Gate = s.GetService<IMediaGate>() },
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<MediaPort>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<MediaPort>());
        services.AddHostedService(s => s.GetRequiredService<MediaPort>());
        services.AddHostedService<DrainAtStop>();
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainAtStop.Longest);
    }
}
