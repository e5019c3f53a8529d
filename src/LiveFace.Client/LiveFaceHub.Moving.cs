using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFace.Client;

/// <content>Going to another node of a cluster when this one says so.</content>
public sealed partial class LiveFaceHub
{
    private const int Tries = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private volatile HubConnection _connection;
    private volatile Task _moved = Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync().ConfigureAwait(false);
        await _moved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What is called meanwhile waits. A key that goes encrypted to this node goes nowhere in the clear.</summary>
    private void Move(string to)
    {
        if (!Uri.TryCreate(to, UriKind.Absolute, out var server) || (_client.Server.Scheme == Uri.UriSchemeHttps && server.Scheme != Uri.UriSchemeHttps))
            return;
        lock (_lock)
            if (_moved.IsCompleted && !_gone.IsCancellationRequested)
#pragma warning disable RS0030 // The connection that brought the word is closed on the way, and must not wait for its own handler.
                _moved = Task.Run(() => MoveAsync(server, _gone.Token));
#pragma warning restore RS0030
    }

    private async Task MoveAsync(Uri server, CancellationToken cancel)
    {
        _client.MoveTo(server);
        var leaving = _connection;
        await leaving.DisposeAsync().ConfigureAwait(false);
        var pause = FirstPause;
        for (var tries = 1; !cancel.IsCancellationRequested; tries++)
        {
            var next = Open();
            try
            {
                await next.StartAsync(cancel).ConfigureAwait(false);
                _connection = next;
                await RejoinAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
            {
                await next.DisposeAsync().ConfigureAwait(false);
                if (tries == Tries && !cancel.IsCancellationRequested)
                {
                    Closed?.Invoke(error);
                    return;
                }
            }

            await Task.Delay(pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
