namespace LiveFace.Hosting;

/// <summary>What the server writes to its log, and in which form.</summary>
internal static class ServerLogs
{
    public static void AddLogs(this WebApplicationBuilder builder)
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
}
