using LiveFace.Features.Jobs.Review;
using LiveFace.Features.Jobs.Spread;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Storage.Objects;

namespace LiveFace.Features.Jobs;

internal static class JobsSetup
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.AddValidated<FilmsOptions, FilmsOptionsValidator>(FilmsOptions.Section);
        builder.AddValidated<ObjectStoreOptions, ObjectStoreOptionsValidator>(ObjectStoreOptions.Section);
        var services = builder.Services;
        if (builder.IsSpread())
            services.AddSpreadJobs();
        else
            services.AddSingleton<IStoredJobs, StoredJobs>().AddSingleton(WorkPlace.Of);
        services.AddSingleton<JobOrders>();
        services.AddSingleton<JobEnds>();
        services.AddSingleton<JobFiles>();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<JobViews>();
        services.AddSingleton(new JobNames(""));
        services.AddSingleton<IJobReach, JobReach>();
        services.AddSingleton<JobUploads>();
        services.AddSingleton<JobFetch>();
        services.AddSingleton<JobSources>();
        services.AddSingleton<JobReviews>();
        services.AddSingleton<JobStills>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobWorkers>();
        services.AddHostedService(s => s.GetRequiredService<JobWorkers>());
        services.AddHostedService<JobKeeper>();
        services.AddHostedService<JobWebhook>();
    }
}
