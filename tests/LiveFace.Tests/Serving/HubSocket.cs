using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LiveFace.Tests.Serving;

/// <summary>A hub client on a bare WebSocket, speaking SignalR's JSON protocol: records that end in 0x1e.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private const char RecordEnd = '\u001e';
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _records = new();
    private readonly List<JsonElement> _events = [];
    private readonly StringBuilder _text = new();
    private int _invocation;

    public static async Task<HubSocket> ConnectAsync(Uri server, string? key = null, string? origin = null, string? query = null)
    {
        var hub = new HubSocket();
        if (origin is not null)
            hub._socket.Options.SetRequestHeader("Origin", origin);
        if (key is not null)
            hub._socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        await hub._socket.ConnectAsync(new Uri($"ws://{server.Authority}/hub{(query is null ? "" : $"?access_token={query}")}"), TestContext.Current.CancellationToken);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        (await hub.NextAsync()).GetRawText().ShouldBe("{}");
        return hub;
    }

    /// <summary>Calls a method and gives its result; an error becomes a <see cref="HubError"/>.</summary>
    public async Task<JsonElement> InvokeAsync(string method, params object?[] arguments)
    {
        var id = (++_invocation).ToString();
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        while (true)
        {
            var record = await NextAsync();
            if (record.GetProperty("type").GetInt32() != 3 || record.GetProperty("invocationId").GetString() != id)
            {
                Keep(record);
                continue;
            }

            if (record.TryGetProperty("error", out var error))
                throw new HubError(error.GetString()!);
            return record.TryGetProperty("result", out var result) ? result : default;
        }
    }

    /// <summary>The next event of that name, of those that came already or will come.</summary>
    public async Task<JsonElement> EventAsync(string name)
    {
        while (true)
        {
            var index = _events.FindIndex(e => e.GetProperty("target").GetString() == name);
            if (index >= 0)
            {
                var found = _events[index];
                _events.RemoveAt(index);
                return found.GetProperty("arguments")[0];
            }

            Keep(await NextAsync());
        }
    }

    /// <summary>Reads until the server closes the connection, which it has to do before the deadline.</summary>
    public async Task UntilClosedAsync()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            while (clock.Elapsed < Deadline)
                Keep(await NextAsync());
            throw new TimeoutException("The server keeps the connection.");
        }
        catch (WebSocketException)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(JsonElement record)
    {
        if (record.GetProperty("type").GetInt32() == 1)
            _events.Add(record);
    }

    private Task SendAsync(string record) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(record + RecordEnd), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    private async Task<JsonElement> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        var buffer = new byte[16 * 1024];
        while (_records.Count == 0)
        {
            var received = await _socket.ReceiveAsync(buffer, limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            _text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            var whole = _text.ToString();
            var end = whole.LastIndexOf(RecordEnd);
            if (end < 0)
                continue;
            foreach (var record in whole[..end].Split(RecordEnd))
                _records.Enqueue(JsonDocument.Parse(record).RootElement);
            _text.Clear().Append(whole[(end + 1)..]);
        }

        return _records.Dequeue();
    }
}

internal sealed class HubError(string message) : Exception(message);
