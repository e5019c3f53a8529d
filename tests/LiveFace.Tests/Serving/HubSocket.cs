using System.Text.Json;
using System.Threading.Channels;
using LiveFace.Hub;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Serving;

/// <summary>SignalR's own .NET client on a WebSocket, with the events kept until a test asks for them.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly string[] Names =
        [HubEvents.Detections, HubEvents.Stats, HubEvents.Policy, HubEvents.RoomState, HubEvents.Notice, HubEvents.Goodbye, HubEvents.Job, HubEvents.JobGone];

    private readonly HubConnection _connection;
    private readonly Dictionary<string, Channel<JsonElement>> _events;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubSocket(HubConnection connection)
    {
        _connection = connection;
        _events = Names.ToDictionary(name => name, _ => Channel.CreateUnbounded<JsonElement>(), StringComparer.Ordinal);
        foreach (var (name, events) in _events)
            connection.On<JsonElement>(name, message => events.Writer.TryWrite(message));
        connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public static async Task<HubSocket> ConnectAsync(Uri server, string? key = null, string? origin = null, string? query = null)
    {
        var address = new Uri(server, query is null ? "/hub" : $"/hub?access_token={query}");
        var client = new HubSocket(new HubConnectionBuilder().WithUrl(address, options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            if (key is not null)
                options.AccessTokenProvider = () => Task.FromResult<string?>(key);
            if (origin is not null)
                options.Headers["Origin"] = origin;
        }).Build());
        try
        {
            await client._connection.StartAsync(TestContext.Current.CancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method and gives its result; an error becomes a <see cref="HubError"/>.</summary>
    public async Task<JsonElement> InvokeAsync(string method, params object?[] arguments)
    {
        try
        {
            return (JsonElement?)await _connection.InvokeCoreAsync(
                method, typeof(JsonElement?), arguments, TestContext.Current.CancellationToken).WaitAsync(Deadline) ?? default;
        }
        catch (HubException refused)
        {
            throw new HubError(refused.Message);
        }
    }

    /// <summary>The next event of that name, of those that came already or will come.</summary>
    public Task<JsonElement> EventAsync(string name) =>
        _events[name].Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);

    /// <summary>Waits until the server has closed the connection, which it has to do before the deadline.</summary>
    public Task UntilClosedAsync() => _closed.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

internal sealed class HubError(string message) : Exception(message);
