using System.Net.WebSockets;
using System.Text;

namespace LiveFace.Tests.Serving;

/// <summary>A hub client that joins a room and then reads nothing more, which SignalR's own client cannot be made to do.</summary>
internal sealed class DeafHubClient : IDisposable
{
    private const char RecordEnd = '\u001e';

    private readonly ClientWebSocket _socket = new();

    public static async Task<DeafHubClient> JoinAsync(Uri server, string room)
    {
        var client = new DeafHubClient();
        await client._socket.ConnectAsync(new Uri($"ws://{server.Authority}/hub"), TestContext.Current.CancellationToken);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        await client.SendAsync($$"""{"type":1,"target":"Join","arguments":["{{room}}",null]}""");
        return client;
    }

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(string record) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(record + RecordEnd), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
}
