using LiveFace.Access;
using LiveFace.Features.Cluster;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Hosting;

/// <summary>The addresses at which the server listens, with their certificate and their bounds.</summary>
internal static class ServerListening
{
    public static void ListenAt(this WebApplicationBuilder builder, IReadOnlyList<ListenAddress> addresses)
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
}
