using LiveFace.Http;
using LiveFace.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveFace.Storage.Shared;

internal static class SharedSetup
{
    /// <summary>What lasts: in this server's own database, or where <c>Storage:Database</c> names one, in that.</summary>
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        builder.AddValidated<StorageOptions, StorageOptionsValidator>(StorageOptions.Section);
        var services = builder.Services;
        services.AddSingleton<Database>();
        services.AddSingleton<OwedWrites>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IReadinessCheck, StorageReadiness>();
        services.AddSingleton<StoredPolicies>();
        services.AddSingleton<StoredModeration>();
        if (builder.SharesStorage())
        {
            services.AddShared();
            return;
        }

        services.AddSingleton<IDatabase>(s => s.GetRequiredService<Database>());
        services.AddSingleton<IAuditLines>(s => new AuditFile(s.GetRequiredService<Database>().Folder));
        services.AddSingleton(s => new StoreFreshness(s.GetRequiredService<TimeProvider>(), null));
    }

    /// <summary>Whether servers share a database.</summary>
    public static bool SharesStorage(this IHostApplicationBuilder builder) =>
        builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Database)}"] is not null;

    private static void AddShared(this IServiceCollection services)
    {
        services.TryAddSingleton(s =>
        {
            var store = new SharedStore(s.GetRequiredService<IOptions<StorageOptions>>(), s.GetRequiredService<ILogger<SharedStore>>());
            new StoreTakeover(s.GetRequiredService<Database>(), store).Run(s.GetRequiredService<TimeProvider>());
            return store;
        });
        services.AddSingleton(s => new ChangeStart(s.GetRequiredService<SharedStore>().Head()));
        services.AddSingleton<IDatabase>(s =>
        {
            // Before anything is read into memory: what changes after it is read again.
            s.GetRequiredService<StoreFreshness>();
            s.GetRequiredService<ChangeStart>();
            return s.GetRequiredService<SharedStore>();
        });
        services.AddSingleton<IAuditLines, SharedAudit>();
        services.AddSingleton(s =>
        {
            var options = s.GetRequiredService<IOptions<StorageOptions>>().Value;
            return new StoreFreshness(
                s.GetRequiredService<TimeProvider>(),
                new StoreFreshness.Limits(TimeSpan.FromSeconds(options.StaleSeconds), TimeSpan.FromSeconds(options.LostSeconds)));
        });
        services.AddSingleton<IReadinessCheck, SharedReadiness>();
        services.AddHostedService<ChangeFeed>();
    }
}
