using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>A browser's connection to the hub of one node, and what it is told.</summary>
internal sealed class HubListener : IAsyncDisposable
{
    private static readonly string[] Events = ["detections", "stats", "policy", "roomState", "notice", "goodbye", "job", "jobGone"];

    private readonly HubConnection _hub;
    private readonly ConcurrentQueue<(string Name, JsonElement Value)> _told = new();

    private HubListener(Uri node)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(node, "/hub"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
            }).Build();
        foreach (var name in Events)
            _hub.On<JsonElement>(name, value => _told.Enqueue((name, value)));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HubListener> ConnectAsync(NodeProcess node)
    {
        var listener = new HubListener(node.Address);
        await listener._hub.StartAsync(Cancel);
        return listener;
    }

    public IReadOnlyList<JsonElement> Told(string name) => [.. _told.Where(one => one.Name == name).Select(one => one.Value)];

    public Task<JsonElement> JoinAsync(string room) =>
        _hub.InvokeAsync<JsonElement>("Join", room, new { detectionsPerSecond = 10, stats = true }, Cancel);

    public Task<JsonElement> JoinInAsync(string room, string region) => _hub.InvokeAsync<JsonElement>("Join", room, new { region }, Cancel);

    public Task<JsonElement> SetPolicyAsync(string room, object policy, long? version = null) =>
        _hub.InvokeAsync<JsonElement>("SetPolicy", room, policy, version, Cancel);

    public Task<JsonElement> GetPolicyAsync(string room) => _hub.InvokeAsync<JsonElement>("GetPolicy", room, Cancel);

    public Task<JsonElement[]> WatchAsync(string prefix) => _hub.InvokeAsync<JsonElement[]>("Watch", prefix, Cancel);

    public Task<JsonElement[]> WatchJobsAsync() => _hub.InvokeAsync<JsonElement[]>("WatchJobs", Cancel);

    public Task EndAsync(string room) => _hub.InvokeAsync("EndRoom", room, Cancel);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
