using System.Net;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

internal static class AccessSetup
{
    private static readonly string[] RequestHeaders = ["Authorization", "Content-Type", "If-Match", "If-None-Match", "LiveFace-Policy", "LiveFace-Floor", "X-Requested-With", "X-SignalR-User-Agent"];
    private static readonly string[] ResponseHeaders = ["Location", "ETag", "Link", "Retry-After", "Accept-Patch", "Accept-Post", "LiveFace-Found", "LiveFace-Kept", "LiveFace-Mask", "LiveFace-Box", "LiveFace-Certainty", "LiveFace-Silent"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static void AddAccess(this WebApplicationBuilder builder, AccessMode mode)
    {
        var services = builder.Services;
        if (builder.SharesStorage())
            AddSharedPlaces(services);
        services.AddSingleton(mode);
        services.AddSingleton<Credentials>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<LinkStore>();
        services.AddSingleton<IStoreListener>(s => s.GetRequiredService<KeyStore>());
        services.AddSingleton<IStoreListener>(s => s.GetRequiredService<LinkStore>());
        services.AddSingleton<OpenGrants>();
        services.AddSingleton(s => new HubTickets(s.GetService<SharedStore>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<StoredGrants>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<Quotas>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton(s =>
        {
            var options = s.GetRequiredService<IOptions<AccessOptions>>().Value;
            return new OriginGuard(mode.ThisMachineOnly, options.AllowedOrigins, options.AllowedHosts);
        });
        services.AddCors();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<AccessOptions>>((forwarded, access) =>
        {
            // Many proxies pass a client's X-Forwarded-Host and -Prefix on as they came, so these say nothing.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in access.Value.TrustedProxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                    forwarded.KnownProxies.Add(address);
                else
                    forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        });
    }

    private static void AddSharedPlaces(IServiceCollection services)
    {
        // A server that does not reach the database ends what keys opened after so long.
        services.AddSingleton(s =>
        {
            var options = s.GetRequiredService<IOptions<StorageOptions>>().Value;
            return new PlaceSpan(TimeSpan.FromSeconds(options.LostSeconds + options.StaleSeconds));
        });
        services.AddSingleton<SharedPlaces>();
        services.AddSingleton<IStoreBeat>(s => s.GetRequiredService<SharedPlaces>());
        services.AddHostedService<GrantWatch>();
    }

    /// <summary>Keys first, then the links that were made from them, before anybody asks to be let in.</summary>
    public static void LoadCredentials(this IServiceProvider services) => services.GetRequiredService<LinkStore>();

    /// <summary>Tells the gate which connections are at work.</summary>
    public static void UseConnectionGate(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var use = context.Features.Get<ConnectionUse>();
        use?.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            use?.End();
        }
    });

    /// <summary>Turns foreign hosts and origins away, and answers CORS for those that are allowed.</summary>
    public static void UseOrigins(this WebApplication app)
    {
        app.UseMiddleware<OriginMiddleware>();
        var options = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value;
        if (options.AllowedOrigins.Count > 0)
            app.UseCors(cors => cors
                .WithOrigins([.. options.AllowedOrigins])
                .WithHeaders(RequestHeaders)
                .WithMethods(Methods)
                .WithExposedHeaders(ResponseHeaders)
                .SetPreflightMaxAge(TimeSpan.FromHours(1)));
    }
}
