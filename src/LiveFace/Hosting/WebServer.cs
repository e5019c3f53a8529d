using LiveFace.Access;
using LiveFace.Features.Cluster;
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
        builder.AddLogs();
        builder.AddSettings();

        var https = builder.Configuration.GetSection(HttpsOptions.Section).Get<HttpsOptions>() ?? new HttpsOptions();
        var addresses = ListenAddresses.From(builder.Configuration, https.Enabled);
        var mode = AccessMode.From(builder.Configuration, addresses);
        builder.ListenAt(addresses);

        var services = builder.Services;
        services.AddSingleton(addresses);
        services.TryAddSingleton(TimeProvider.System);
        builder.AddFeatures(mode);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseDoors();
        app.MapFeatures();
        return app;
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
