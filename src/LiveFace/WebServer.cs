namespace LiveFace;

/// <summary>The server behind <c>liveface serve</c>.</summary>
internal static class WebServer
{
    /// <summary>Serves until it is told to stop.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var app = builder.Build();
        await app.RunAsync(cancel);
        return 0;
    }
}
