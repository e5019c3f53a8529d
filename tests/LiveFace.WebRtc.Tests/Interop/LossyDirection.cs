using System.Net.Sockets;
using System.Threading.Channels;

namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>One way: what is not lost leaves in order, after the delay and what the cap makes of it.</summary>
internal sealed class LossyDirection(double loss, TimeSpan delay, Random random)
{
    static readonly TimeSpan LongestQueue = TimeSpan.FromMilliseconds(600);

    readonly Channel<(TimeSpan Due, Action Send)> _channel = Channel.CreateUnbounded<(TimeSpan, Action)>();
    readonly Lock _lock = new();
    readonly long _start = TimeProvider.System.GetTimestamp();
    TimeSpan _free;

    public int Cap { get; set; }

    public int Lost { get; private set; }

    public TimeSpan Queue { get; private set; }

    TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    public void Post(byte[] packet, Action send)
    {
        lock (_lock)
        {
            var now = Now;
            var leaves = now;
            if (Cap > 0)
            {
                leaves = (_free > now ? _free : now) + TimeSpan.FromSeconds((packet.Length + 28) * 8.0 / Cap);
                Queue = leaves - now;
            }

            if (random.NextDouble() < loss || leaves - now > LongestQueue)
            {
                Lost++;
                return;
            }

            _free = leaves;
            _channel.Writer.TryWrite((leaves + delay, send));
        }
    }

    public void Stop() => _channel.Writer.TryComplete();

    public async Task RunAsync()
    {
        await foreach (var (due, send) in _channel.Reader.ReadAllAsync())
        {
            if (due - Now is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            try
            {
                send();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // An end is gone.
            }
        }
    }
}
