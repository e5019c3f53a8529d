using System.Collections.Concurrent;
using System.Diagnostics;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Somebody outside who publishes to a room or watches it: aiortc in a process.</summary>
internal sealed class RoomPeer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Task _reading;
    private volatile int _frames;
    private volatile int _spread;
    private volatile int _mostSpread;

    private RoomPeer(string mode, Uri url, string? policy)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Scripts", "room_peer.py"), mode, url.ToString(), .. policy is null ? Array.Empty<string>() : [policy]];
        _process = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>Pictures that came.</summary>
    public int Frames => _frames;

    /// <summary>How much the brightness of the newest varies.</summary>
    public int Spread => _spread;

    /// <summary>The same of that picture of all that came in which it varied most.</summary>
    public int MostSpread => _mostSpread;

    public bool IsConnected => _lines.Contains("state connected");

    /// <summary>The session's address; null while there is none.</summary>
    public Uri? Session => _lines.FirstOrDefault(line => line.StartsWith("location ", StringComparison.Ordinal)) is { } line ? new Uri(line[9..]) : null;

    public string? Refused => _lines.FirstOrDefault(line => line.StartsWith("refused", StringComparison.Ordinal));

    /// <summary>What deleting the session answered, once it was.</summary>
    public string? Deleted => _lines.FirstOrDefault(line => line.StartsWith("deleted", StringComparison.Ordinal));

    public static RoomPeer Publish(NodeProcess node, string room, string? policy = null) => new("publish", new Uri(node.Address, $"/whip/{room}"), policy);

    public static RoomPeer Watch(NodeProcess node, string room) => new("watch", new Uri(node.Address, $"/whep/{room}"), null);

    /// <summary>Publishes, and again where the room is not to be had yet.</summary>
    public static async Task<RoomPeer> PublishUntilTakenAsync(NodeProcess node, string room, string? policy = null) =>
        await UntilTakenAsync(() => Publish(node, room, policy));

    public static async Task<RoomPeer> WatchUntilTakenAsync(NodeProcess node, string room) => await UntilTakenAsync(() => Watch(node, room));

    public async Task LeaveAsync()
    {
        _process.StandardInput.Close();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<RoomPeer> UntilTakenAsync(Func<RoomPeer> begin)
    {
        while (true)
        {
            var peer = begin();
            await Eventually.IsAsync(() => peer.IsConnected || peer.Refused is not null || peer._process.HasExited);
            if (peer.IsConnected)
                return peer;
            await peer.DisposeAsync();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["frame", var number, var spread])
            {
                (_spread, _frames) = (int.Parse(spread), int.Parse(number));
                _mostSpread = Math.Max(_mostSpread, _spread);
            }
            else
                _lines.Enqueue(line);
        }
    }
}
