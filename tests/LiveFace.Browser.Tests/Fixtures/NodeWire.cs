using System.Net;
using System.Net.Sockets;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>The way by which other nodes call one, which can be cut and mended; its media goes past it.</summary>
internal sealed class NodeWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _node;
    private readonly Task _accepting;
    private volatile CancellationTokenSource _cut = new();

    public NodeWire(int node)
    {
        _node = node;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public void Cut() => _cut.Cancel();

    public void Mend() => _cut = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
            _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task PassAsync(TcpClient accepted)
    {
        try
        {
            using var client = accepted;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _cut.Token);
            using var node = new TcpClient();
            await node.ConnectAsync(IPAddress.Loopback, _node, over.Token);
            await Task.WhenAny(client.GetStream().CopyToAsync(node.GetStream(), over.Token), node.GetStream().CopyToAsync(client.GetStream(), over.Token));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // It was cut, or the node is not there.
        }
    }
}
