using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Storage;
using LiveFace.Storage.Objects;
using LiveFace.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Spread;

internal static class SpreadSetup
{
    private const string Setting = $"{FilmsOptions.Section}:{nameof(FilmsOptions.Database)}";

    /// <summary>Whether workers on other machines share this server's jobs.</summary>
    public static bool IsSpread(this IHostApplicationBuilder builder) => builder.Configuration[Setting] is not null;

    /// <summary>What a server and its workers both need.</summary>
    public static void AddSharedWork(this IServiceCollection services)
    {
        services.AddSingleton(s =>
        {
            var connection = s.GetRequiredService<IOptions<FilmsOptions>>().Value.Database!;
            PostgresWait.Until(connection, Setting, s.GetRequiredService<IOptions<StorageOptions>>().Value.WaitSeconds, s.GetRequiredService<ILogger<PostgresDatabase>>());
            var database = new PostgresDatabase(connection);
            database.Open(Setting);
            return database;
        });
        services.AddSingleton<TaskTable>();
        services.AddSingleton<SharedFiles>(s => s.GetRequiredService<IOptions<ObjectStoreOptions>>().Value is { Bucket: not null } store
            ? new BucketFiles(new ObjectBucket(store), s.GetRequiredService<JobFiles>(), s.GetRequiredService<IOptions<FilmsOptions>>().Value.SourceDiskPercent, s.GetRequiredService<TimeProvider>())
            : new FolderFiles(s.GetRequiredService<JobFiles>()));
        services.AddSingleton(WorkPlace.Of);
        services.AddSingleton<TaskLoop>();
        services.AddHostedService<KeptSweep>();
    }

    /// <summary>Jobs in PostgreSQL, with what this server kept before.</summary>
    public static void AddSpreadJobs(this IServiceCollection services)
    {
        services.AddSharedWork();
        services.AddSingleton<IStoredJobs>(s =>
        {
            var database = s.GetRequiredService<PostgresDatabase>();
            database.TakeForServer(Setting);
            var jobs = new PostgresJobs(database);
            jobs.TakeOver(ActivatorUtilities.CreateInstance<StoredJobs>(s), JobBoard.Describe);
            return jobs;
        });
        services.AddSingleton<TaskPlans>();
        services.AddSingleton<JobDispatch>();
        services.AddSingleton<IJobStop>(s => s.GetRequiredService<JobDispatch>());
        services.AddHostedService(s => s.GetRequiredService<JobDispatch>());
        services.AddHostedService<TaskLoops>();
    }
}
