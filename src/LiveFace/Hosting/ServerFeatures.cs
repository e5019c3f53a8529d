using LiveFace.Access;
using LiveFace.Access.Foreign;
using LiveFace.Features.Cluster;
using LiveFace.Features.Cluster.Relay;
using LiveFace.Features.Collections;
using LiveFace.Features.Corrections;
using LiveFace.Features.Decoding;
using LiveFace.Features.Document;
using LiveFace.Features.Feedback;
using LiveFace.Features.Files;
using LiveFace.Features.Jobs;
using LiveFace.Features.Keys;
using LiveFace.Features.Meetings;
using LiveFace.Features.Models;
using LiveFace.Features.Oversight;
using LiveFace.Features.Pages;
using LiveFace.Features.People;
using LiveFace.Features.Rooms;
using LiveFace.Features.Server;
using LiveFace.Features.Sessions;
using LiveFace.Features.Shares;
using LiveFace.Features.Stickers;
using LiveFace.Features.Telemetry;
using LiveFace.Features.Watermarks;
using LiveFace.Features.Webhooks;
using LiveFace.Http;
using LiveFace.Hub;
using LiveFace.Stickers;
using LiveFace.Storage;
using LiveFace.Storage.Shared;

namespace LiveFace.Hosting;

/// <summary>All features of the server: what each adds to its services, and where each is reached.</summary>
internal static class ServerFeatures
{
    public static void AddFeatures(this WebApplicationBuilder builder, AccessMode mode)
    {
        var services = builder.Services;
        builder.AddStorage();
        builder.AddValidated<PolicyOptions, PolicyOptionsValidator>(PolicyOptions.Section);
        services.AddSingleton<StickerShelf>();
        services.AddSingleton<IStoreListener>(s => s.GetRequiredService<StickerShelf>());
        services.AddFiles();
        builder.AddJobs();
        builder.AddCorrections();
        builder.AddFeedback();
        builder.AddPeople();
        builder.AddCollections();
        builder.AddWatermarks();
        builder.AddAccess(mode);
        services.AddSingleton<IForeignBearer, OidcBearer>();
        services.AddSingleton<IForeignBearer, AuthHook>();
        services.AddApi();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<PolicyWebhook>();
        services.AddTelemetry();
        services.AddRoomHub();
        services.AddDecoding();
        services.AddRooms();
        if (builder.Configuration.IsClustered())
        {
            builder.AddCluster();
            services.AddSingleton<ClusterDrain>();
        }
    }

    public static void MapFeatures(this WebApplication app)
    {
        app.MapPages();
        app.MapSessions();
        app.MapRooms();
        app.MapShares();
        app.MapMeetings();
        app.MapKeys();
        app.MapServer();
        app.MapModels();
        app.MapStickers();
        app.MapWatermarks();
        app.MapRedact();
        app.MapDetect();
        app.MapCrop();
        app.MapOutline();
        app.MapJobs();
        app.MapJobReviews();
        app.MapJobPictures();
        app.MapJobReport();
        app.MapCorrections();
        app.MapFeedback();
        app.MapPeople();
        app.MapCollections();
        app.MapAudit();
        app.MapLinks();
        app.MapRetention();
        app.MapTelemetry();
        app.MapRoomHub();
        if (app.Configuration.IsClustered())
            app.MapRelay(context => context.GetNodeCall() is not null);
        app.MapApiDocument();
    }
}
