using LiveFace.Access;
using LiveFace.Features.Cluster;
using LiveFace.Features.Pages;
using LiveFace.Features.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Hosting;

/// <summary>What each request passes before it reaches a feature, in this order.</summary>
internal static class ServerDoors
{
    public static void UseDoors(this WebApplication app)
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
    }
}
