using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>
/// A UDP relay between real clients and the endpoint that loses, delays and throttles. Clients find it because it
/// rewrites the candidates of the answer.
/// </summary>
internal sealed class LossyRelay : IAsyncDisposable
{
    readonly Socket _front = Bound();
    readonly ConcurrentDictionary<SocketAddress, Socket> _backs = [];
    readonly IPEndPoint _server;
    readonly LossyDirection _toServer;
    readonly LossyDirection _toClient;
    readonly List<Task> _tasks = [];

    public LossyRelay(int serverPort, double loss, TimeSpan oneWayDelay, int seed = 1)
    {
        _server = new(IPAddress.Loopback, serverPort);
        _toServer = new LossyDirection(loss, oneWayDelay, new Random(seed));
        _toClient = new LossyDirection(loss, oneWayDelay, new Random(seed + 1));
        _tasks.Add(_toServer.RunAsync());
        _tasks.Add(_toClient.RunAsync());
        _tasks.Add(ReceiveFrontAsync());
    }

    public int Port => ((IPEndPoint)_front.LocalEndPoint!).Port;

    /// <summary>Bits a second from the server to the client; 0 for no cap.</summary>
    public int CapToClient
    {
        set => _toClient.Cap = value;
    }

    /// <summary>How long the last packet to the client stood in the queue of the cap.</summary>
    public TimeSpan StandingQueue => _toClient.Queue;

    public int Lost => _toClient.Lost + _toServer.Lost;

    /// <summary>Puts the relay's port into the answer and takes TCP out of it.</summary>
    public string Rewrite(string answer)
    {
        var lines = answer.Split("\r\n").Where(line => !line.Contains(" tcptype ", StringComparison.Ordinal)).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("a=candidate:", StringComparison.Ordinal))
            {
                var parts = lines[i].Split(' ');
                parts[5] = Port.ToString();
                lines[i] = string.Join(' ', parts);
            }
        }

        return string.Join("\r\n", lines);
    }

    public async ValueTask DisposeAsync()
    {
        _front.Dispose();
        foreach (var back in _backs.Values)
            back.Dispose();
        _toServer.Stop();
        _toClient.Stop();
        await Task.WhenAll(_tasks);
    }

    async Task ReceiveFrontAsync()
    {
        var buffer = new byte[4096];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (await TryReceiveAsync(_front, buffer, from) is var length and >= 0)
        {
            if (!_backs.TryGetValue(from, out var back))
            {
                var client = new SocketAddress(from.Family, from.Size);
                from.Buffer.CopyTo(client.Buffer);
                back = Bound();
                _backs[client] = back;
                _tasks.Add(ReceiveBackAsync(back, client));
            }

            var socket = back;
            var packet = buffer.AsSpan(0, length).ToArray();
            _toServer.Post(packet, () => socket.SendTo(packet, _server));
        }
    }

    async Task ReceiveBackAsync(Socket back, SocketAddress client)
    {
        var buffer = new byte[4096];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (await TryReceiveAsync(back, buffer, from) is var length and >= 0)
        {
            var packet = buffer.AsSpan(0, length).ToArray();
            _toClient.Post(packet, () => _front.SendTo(packet, SocketFlags.None, client));
        }
    }

    static async Task<int> TryReceiveAsync(Socket socket, byte[] buffer, SocketAddress from)
    {
        try
        {
            return await socket.ReceiveFromAsync(buffer, SocketFlags.None, from);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
