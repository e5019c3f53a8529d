using LiveFace.Features.Jobs.Spread;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Models;
using LiveFace.Features.Sessions;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Storage.Objects;
using LiveFace.Storage.Shared;
using LiveFace.Telemetry;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using Microsoft.Extensions.Options;

namespace LiveFace.Hosting;

/// <summary>The program behind <c>liveface work</c>: does pieces of the jobs of a server elsewhere. It listens nowhere and has no keys but that of the films.</summary>
internal static class WorkHost
{
    private const int Refused = 2;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = Directory.GetCurrentDirectory() });
        builder.Configuration.AddEnvironmentVariables("LIVEFACE_");
        builder.Configuration.AddCommandLine(args);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        Add(builder);
        try
        {
            if (!builder.IsSpread())
            {
                await Console.Error.WriteLineAsync("Films:Database: name the PostgreSQL that the server has its jobs in.");
                return Refused;
            }

            using var host = builder.Build();
            await host.StartAsync(cancel);
            await Console.Out.WriteLineAsync($"Works on jobs, {host.Services.GetRequiredService<IOptions<FilmsOptions>>().Value.Workers} at a time.");
            await StopSignal.WaitAsync(cancel);
            using var limit = new CancellationTokenSource(StopPatience);
            await host.StopAsync(limit.Token);
            return 0;
        }
        catch (OptionsValidationException refused)
        {
            foreach (var failure in refused.Failures)
                await Console.Error.WriteLineAsync(failure);
            return Refused;
        }
    }

    private static void Add(HostApplicationBuilder builder)
    {
        builder.AddValidated<StorageOptions, StorageOptionsValidator>(StorageOptions.Section);
        builder.AddValidated<FilmsOptions, FilmsOptionsValidator>(FilmsOptions.Section);
        builder.AddValidated<ObjectStoreOptions, ObjectStoreOptionsValidator>(ObjectStoreOptions.Section);
        builder.AddValidated<MediaOptions, MediaOptionsValidator>(MediaOptions.Section);
        builder.AddValidated<InferenceOptions, InferenceOptionsValidator>(InferenceOptions.Section);
        var services = builder.Services;
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FaultSink>();
        services.AddSingleton<LoopSupervisor>();
        services.AddSingleton<JobFiles>();
        services.AddSingleton(s => ModelCatalogue.Load(ModelCatalogue.Locate(s.GetRequiredService<IConfiguration>()["Models:Folder"])));
        services.AddSharedWork();
        services.AddHostedService<TaskLoops>();
    }
}
