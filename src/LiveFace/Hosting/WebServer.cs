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
using LiveFace.Features.Files.Uploads;
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
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using LiveFace.Telemetry;
using LiveFace.Vision.Inference;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveFace.Hosting;

/// <summary>The server behind <c>liveface serve</c>: puts the features together and keeps them running.</summary>
internal static class WebServer
{
    private const int Refused = 2;

    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["--https"] = "--Https:Enabled=true",
        ["--new-key"] = "--NewKey=true",
    };

    /// <summary>Serves until it is told to stop. Settings that do not make sense are named on the terminal: exit code 2.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        try
        {
            await using var app = Build(args);
            await app.StartAsync(cancel);
            Greet(app);
            using var signal = new StopSignal();
            await signal.FirstAsync(cancel);
            if (app.Configuration.IsClustered())
                await LeaveClusterAsync(app, signal, cancel);
            using var limit = new CancellationTokenSource(DrainAtStop.Longest);
            await app.StopAsync(limit.Token);
            return 0;
        }
        catch (OptionsValidationException e)
        {
            foreach (var failure in e.Failures)
                await Console.Error.WriteLineAsync(failure);
            return Refused;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Set PORT or Listen to another one.");
            return Refused;
        }
    }

    /// <summary>Builds the server; tests change its services before it is made.</summary>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = [.. args.Select(a => Flags.GetValueOrDefault(a, a))],
            ContentRootPath = Directory.GetCurrentDirectory(),
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Configuration.AddEnvironmentVariables("LIVEFACE_");
        ConfigureLogging(builder);
        AddOptions(builder);

        var https = builder.Configuration.GetSection(HttpsOptions.Section).Get<HttpsOptions>() ?? new HttpsOptions();
        var addresses = ListenAddresses.From(builder.Configuration, https.Enabled);
        var mode = AccessMode.From(builder.Configuration, addresses);
        ConfigureKestrel(builder, addresses);

        var services = builder.Services;
        services.AddSingleton(addresses);
        services.TryAddSingleton(TimeProvider.System);
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
            AddCluster(builder);
        configure?.Invoke(builder);

        var app = builder.Build();
        Use(app);
        return app;
    }

    private static void Use(WebApplication app)
    {
        // First, so that what counts from its making on is heard.
        app.Services.StartMeasuring();
        app.Services.LoadCredentials();
        app.UseConnectionGate();
        if (app.Configuration.IsClustered())
            app.UseMiddleware<NodeDoor>();
        if (app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseSecurityHeaders(
            selfSigned: app.Services.GetRequiredService<IReadOnlyList<ListenAddress>>().Any(a => a.Https)
                && string.IsNullOrEmpty(app.Services.GetRequiredService<IOptions<HttpsOptions>>().Value.Certificate),
            nodes: app.Configuration.IsClustered() ? app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.AllowedOrigins : []);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseOrigins();
        app.UsePageFiles();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        if (app.Configuration.IsClustered())
            app.UseOwners();
        app.UseMiddleware<QuotaMiddleware>();
        app.UseWebSockets();
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

    private static void AddOptions(WebApplicationBuilder builder)
    {
        builder.AddValidated<UploadOptions, UploadOptionsValidator>(UploadOptions.Section);
        builder.AddValidated<AccessOptions, AccessOptionsValidator>(AccessOptions.Section);
        builder.AddValidated<OidcOptions, OidcOptionsValidator>(OidcOptions.Section);
        builder.AddValidated<AuthHookOptions, AuthHookOptionsValidator>(AuthHookOptions.Section);
        builder.AddValidated<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section);
        builder.AddValidated<QuotaOptions, QuotaOptionsValidator>(QuotaOptions.Section);
        builder.AddValidated<HttpsOptions, HttpsOptionsValidator>(HttpsOptions.Section);
        builder.AddValidated<IceOptions, IceOptionsValidator>(IceOptions.Section);
        builder.AddValidated<MediaOptions, MediaOptionsValidator>(MediaOptions.Section);
        builder.AddValidated<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        builder.AddValidated<InferenceOptions, InferenceOptionsValidator>(InferenceOptions.Section);
        builder.AddValidated<RoomOptions, RoomOptionsValidator>(RoomOptions.Section);
    }

    private static void ConfigureKestrel(WebApplicationBuilder builder, IReadOnlyList<ListenAddress> addresses)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls();
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            var services = kestrel.ApplicationServices;
            var certificate = addresses.Any(a => a.Https)
                ? new ServedCertificate(
                    services.GetRequiredService<IOptions<HttpsOptions>>().Value,
                    services.GetRequiredService<Database>().Folder,
                    services.GetRequiredService<TimeProvider>(),
                    services.GetRequiredService<ILogger<ServedCertificate>>())
                : null;
            kestrel.Listen(
                addresses, certificate, services.GetRequiredService<ConnectionGate>(),
                services.GetRequiredService<IOptions<QuotaOptions>>().Value.Connections);
            if (services.GetRequiredService<IConfiguration>().IsClustered())
                kestrel.ListenForNodes();
        });
    }

    private static void ConfigureLogging(WebApplicationBuilder builder)
    {
        var logging = builder.Logging;
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // What keeps the server from starting is said in one sentence by RunAsync, or thrown.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Each refusal of a hub call would be an error there; HubErrors reports those that are ours.
        logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
        logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (builder.Configuration.GetValue<bool>("Telemetry:JsonLogs"))
            logging.AddJsonConsole();
        else
            logging.AddSimpleConsole(console => console.SingleLine = true);
    }

    private static void AddCluster(WebApplicationBuilder builder)
    {
        builder.AddCluster();
        builder.Services.AddSingleton<ClusterDrain>();
    }

    /// <summary>A second signal cuts the waiting short.</summary>
    private static async Task LeaveClusterAsync(WebApplication app, StopSignal signal, CancellationToken cancel)
    {
        using var hurry = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var drain = app.Services.GetRequiredService<ClusterDrain>().RunAsync(hurry.Token);
        if (await Task.WhenAny(signal.Second, drain) == signal.Second)
            await hurry.CancelAsync();
        await drain;
    }

    private static void Greet(WebApplication app)
    {
        var services = app.Services;
        var addresses = services.GetRequiredService<IReadOnlyList<ListenAddress>>()
            .Zip(app.Urls, (a, url) => a.Port == 0 ? a with { Port = new Uri(url).Port } : a).ToArray();
        Welcome.Write(Console.Out, services.GetRequiredService<AccessMode>(), services.GetRequiredService<KeyStore>(),
            addresses, app.Configuration.GetValue<bool>("NewKey"));
    }
}
