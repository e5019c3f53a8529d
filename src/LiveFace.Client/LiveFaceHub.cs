using System.Net.WebSockets;
using LiveFace.Client.Messages;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Client;

/// <summary>
/// A server's hub: what happens in rooms, as it happens. A connection that breaks is mended by itself, and the rooms are joined
/// again; events come on any thread, one at a time. Where the server is a node of a cluster and says to go to another, this goes there, and
/// the client with it.
/// </summary>
public sealed partial class LiveFaceHub : IAsyncDisposable
{
    private readonly LiveFaceClient _client;
    private readonly Dictionary<string, JoinOptions> _rooms = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _watchesJobs;

    private LiveFaceHub(LiveFaceClient client)
    {
        _client = client;
        _connection = Open();
    }

    private void Listen(HubConnection connection)
    {
        connection.On<Detections>("detections", told => Detected?.Invoke(told));
        connection.On<PolicyChanged>("policy", told => PolicyChanged?.Invoke(told));
        connection.On<RoomState>("roomState", told => RoomChanged?.Invoke(told));
        connection.On<Notice>("notice", told => Noticed?.Invoke(told));
        connection.On<Job>("job", told => JobChanged?.Invoke(told));
        connection.On<JobGone>("jobGone", told => JobGone?.Invoke(told));
        connection.On<Goodbye>("goodbye", told =>
        {
            SaidGoodbye?.Invoke(told);
            if (told.To is { } to)
                Move(to);
        });
        connection.Reconnected += _ => RejoinAsync();
        connection.Closed += error =>
        {
            // One that is left for another is no end.
            if (ReferenceEquals(connection, _connection) && _moved.IsCompleted)
                Closed?.Invoke(error);
            return Task.CompletedTask;
        };
    }

    /// <summary>What was seen in a frame, the newest only.</summary>
    public Action<Detections>? Detected { get; set; }

    /// <summary>A room's policy changed.</summary>
    public Action<PolicyChanged>? PolicyChanged { get; set; }

    /// <summary>A room changed.</summary>
    public Action<RoomState>? RoomChanged { get; set; }

    /// <summary>Something that a person may want to read.</summary>
    public Action<Notice>? Noticed { get; set; }

    /// <summary>A job changed, while jobs are watched.</summary>
    public Action<Job>? JobChanged { get; set; }

    /// <summary>A job was deleted or has expired, while jobs are watched.</summary>
    public Action<JobGone>? JobGone { get; set; }

    /// <summary>The server lets the connection go.</summary>
    public Action<Goodbye>? SaidGoodbye { get; set; }

    /// <summary>The connection is over, and why if it was not by this side.</summary>
    public Action<Exception?>? Closed { get; set; }

    /// <summary>Joins a room to be told about it; again to change the options.</summary>
    public async Task<RoomSnapshot> JoinAsync(string room, JoinOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new JoinOptions();
        var joined = await CallAsync<RoomSnapshot>("Join", cancel, room, options).ConfigureAwait(false);
        lock (_lock)
            _rooms[room] = options;
        return joined;
    }

    /// <summary>Leaves a room.</summary>
    public async Task LeaveAsync(string room, CancellationToken cancel = default)
    {
        lock (_lock)
            _rooms.Remove(room);
        await CallAsync<object>("Leave", cancel, room).ConfigureAwait(false);
    }

    /// <summary>What is hidden in a room, and how.</summary>
    public Task<RoomPolicy> GetPolicyAsync(string room, CancellationToken cancel = default) => CallAsync<RoomPolicy>("GetPolicy", cancel, room);

    /// <summary>Sets a room's policy; with a version only if that one still stands.</summary>
    public Task<RoomPolicy> SetPolicyAsync(string room, RoomPolicy policy, long? onlyIf = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return CallAsync<RoomPolicy>("SetPolicy", cancel, room, policy with { Version = 0 }, onlyIf);
    }

    /// <summary>Watches all jobs that the key may see; gives them as they are.</summary>
    public async Task<IReadOnlyList<Job>> WatchJobsAsync(CancellationToken cancel = default)
    {
        var jobs = await CallAsync<IReadOnlyList<Job>>("WatchJobs", cancel).ConfigureAwait(false);
        lock (_lock)
            _watchesJobs = true;
        return jobs;
    }

    /// <summary>Watches them no more.</summary>
    public async Task UnwatchJobsAsync(CancellationToken cancel = default)
    {
        lock (_lock)
            _watchesJobs = false;
        await CallAsync<object>("UnwatchJobs", cancel).ConfigureAwait(false);
    }

    internal static async Task<LiveFaceHub> ConnectAsync(LiveFaceClient client, CancellationToken cancel)
    {
        var hub = new LiveFaceHub(client);
        try
        {
            await hub._connection.StartAsync(cancel).ConfigureAwait(false);
            return hub;
        }
        catch (Exception refused) when (refused is HttpRequestException or WebSocketException)
        {
            await hub.DisposeAsync().ConfigureAwait(false);
            // A handshake that is refused has no words for it; the same key over plain HTTP has.
            (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, client.At("api/server")), cancel).ConfigureAwait(false)).Dispose();
            throw new LiveFaceException(LiveFaceException.Unknown, refused.Message, cause: refused);
        }
        catch
        {
            await hub.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private HubConnection Open()
    {
        var builder = new HubConnectionBuilder()
            .WithUrl(_client.At("hub"), options =>
            {
                // The server serves nothing else, and a header can carry the key.
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
                if (_client.Key is { } key)
                    options.AccessTokenProvider = () => Task.FromResult<string?>(key);
            })
            .WithAutomaticReconnect()
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new(ClientJson.Default.Options));
        var connection = builder.Build();
        Listen(connection);
        return connection;
    }

    private async Task<T> CallAsync<T>(string method, CancellationToken cancel, params object?[] arguments)
    {
        await _moved.WaitAsync(cancel).ConfigureAwait(false);
        return await CallNowAsync<T>(method, cancel, arguments).ConfigureAwait(false);
    }

    private async Task<T> CallNowAsync<T>(string method, CancellationToken cancel, params object?[] arguments)
    {
        try
        {
            return (T)(await _connection.InvokeCoreAsync(method, typeof(T), arguments, cancel).ConfigureAwait(false))!;
        }
        catch (HubException refused)
        {
            throw Told(refused);
        }
    }

    /// <summary>The message ends in <c>code: sentence</c>.</summary>
    private static LiveFaceException Told(HubException refused)
    {
        const string mark = "HubException: ";
        var text = refused.Message[(refused.Message.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? at + mark.Length : 0)..];
        return text.Split(": ", 2) is [var code, var sentence]
            ? new LiveFaceException(code, sentence, cause: refused)
            : new LiveFaceException(LiveFaceException.Unknown, text, cause: refused);
    }

    private async Task RejoinAsync()
    {
        KeyValuePair<string, JoinOptions>[] rooms;
        bool watchesJobs;
        lock (_lock)
            (rooms, watchesJobs) = ([.. _rooms], _watchesJobs);
        foreach (var (room, options) in rooms)
        {
            try
            {
                await CallNowAsync<RoomSnapshot>("Join", default, room, options).ConfigureAwait(false);
            }
            catch (Exception error) when (error is LiveFaceException or InvalidOperationException)
            {
                // Refused meanwhile, or broken again; the next connection tries once more.
                lock (_lock)
                    if (error is LiveFaceException)
                        _rooms.Remove(room);
            }
        }

        if (watchesJobs)
            await RewatchAsync().ConfigureAwait(false);
    }

    /// <summary>What became of jobs meanwhile was not told: it is told now.</summary>
    private async Task RewatchAsync()
    {
        try
        {
            foreach (var job in await CallNowAsync<IReadOnlyList<Job>>("WatchJobs", default).ConfigureAwait(false))
                JobChanged?.Invoke(job);
        }
        catch (Exception error) when (error is LiveFaceException or InvalidOperationException)
        {
            lock (_lock)
                if (error is LiveFaceException)
                    _watchesJobs = false;
        }
    }
}
