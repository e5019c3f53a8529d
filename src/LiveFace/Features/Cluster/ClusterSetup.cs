using System.Net;
using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Ownership;
using LiveFace.Features.Cluster.Relay;
using LiveFace.Features.Jobs;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Rooms;
using LiveFace.Features.Sessions;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.WebRtc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Cluster;

internal static class ClusterSetup
{
    /// <summary>Between the node and the session in a session's name.</summary>
    public const string NodeMark = "~";

    /// <summary>Where keys, policies and the rest of what lasts is shared.</summary>
    public const string StoreSetting = "Storage:Database";

    /// <summary>Whether this server is a node of a cluster.</summary>
    public static bool IsClustered(this IConfiguration configuration) => configuration.GetSection(ClusterOptions.Section).Exists();

    /// <summary>What makes the server a node. Called last, as it takes the place of the rooms of a server that is alone.</summary>
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        builder.AddValidated<ClusterOptions, ClusterOptionsValidator>(ClusterOptions.Section);
        var services = builder.Services;
        services.AddOptions<ClusterOptions>().PostConfigure(options => options.Database ??= builder.Configuration[StoreSetting]);
        services.AddSingleton(s => new NodeSignature(Options(s).Secret!, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new NodeCaller(Options(s).NameOfNode(), s.GetRequiredService<NodeSignature>(), CertificatesOf(Options(s))));
        services.AddSingleton(s => new OwnerTable(Options(s).Database!));
        // A node whose lease is over has ended what was open there. Twice as long, as both are told at times of their own.
        services.AddSingleton(s => new PlaceSpan(2 * Options(s).Lease));
        services.AddSingleton<Lease>();
        services.AddSingleton<IMediaGate>(s => s.GetRequiredService<Lease>());
        services.AddSingleton(s => new RoomOwners(Options(s).NameOfNode(), s.GetRequiredService<OwnerTable>(), s.GetRequiredService<Lease>()));
        services.AddSingleton<IRoomOwners>(s => s.GetRequiredService<RoomOwners>());
        services.AddSingleton(s => new SessionNames(Options(s).NameOfNode() + NodeMark));
        services.AddSingleton(s => new JobNames(Options(s).NameOfNode() + NodeMark));
        services.AddSingleton(s => NodeOffers.Of(
            Options(s), s.GetRequiredService<ModelCatalogue>(), s.GetRequiredService<InferenceSessions>().Device));
        services.AddSingleton<RoomSeeker>();
        services.AddSingleton<DrainRedirect>();
        services.AddSingleton<NodeStream>();
        services.AddSingleton<MemberCounts>();
        services.AddSingleton<FollowedRooms>();
        services.AddSingleton<NodeListening>();
        services.AddSingleton<ClusterPresence>();
        services.AddHttpContextAccessor();
        services.AddSingleton<IJobReach, ClusterJobs>();
        services.AddSingleton<StreamedRequests>();
        services.AddSingleton<IRoomReach, ClusterReach>();
        services.AddSingleton<ForwardedRequests>();
        FenceStore(services);
        services.AddSingleton<IRoomDirectory, OwnedRooms>();
        services.AddSingleton<ClusterTenure>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<ClusterTenure>());
        services.AddHostedService(s => s.GetRequiredService<ClusterTenure>());
        var relay = builder.Configuration.GetSection(ClusterOptions.Section).GetValue(nameof(ClusterOptions.Relay), defaultValue: true);
        services.AddRelay(s => Options(s).NameOfNode(), s => Options(s).Secret!, s => CertificatesOf(Options(s)), relay);
    }

    /// <summary>Opens the address for other nodes; what comes there is marked.</summary>
    public static void ListenForNodes(this KestrelServerOptions kestrel)
    {
        var options = Options(kestrel.ApplicationServices);
        var certificates = CertificatesOf(options);
        var address = options.AddressOfNode;
        var listen = options.Listen is { } given
            ? IPEndPoint.Parse(given)
            : new IPEndPoint(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback, address.Port);
        kestrel.Listen(listen, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            if (certificates is not null)
                endpoint.UseHttps(certificates.Own, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (other, _, errors) => certificates.Believes(other, errors);
                });
            endpoint.Use(next => connection =>
            {
                connection.Features.Set(NodeConnection.Mark);
                return next(connection);
            });
        });
    }

    /// <summary>Requests about rooms go to their owners; after who asks is known, and before they are answered.</summary>
    public static void UseOwners(this WebApplication app)
    {
        app.UseMiddleware<OwnerForward>();
        app.UseMiddleware<JobForward>();
        app.MapFeeds();
        app.MapCluster();
    }

    /// <summary>Around whichever store there is.</summary>
    private static void FenceStore(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IRoomStore));
        services.AddSingleton<IRoomStore>(s => new FencedRoomStore(
            (IRoomStore)(inner.ImplementationFactory?.Invoke(s) ?? ActivatorUtilities.CreateInstance(s, inner.ImplementationType!)),
            s.GetRequiredService<IRoomOwners>(), s.GetRequiredService<RoomOwners>()));
    }

    private static ClusterOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<ClusterOptions>>().Value;

    private static NodeCertificates? CertificatesOf(ClusterOptions options) => options.Certificate is { } certificate
        ? NodeCertificates.Load(certificate, options.CertificateKey!, options.Authority!)
        : null;
}
