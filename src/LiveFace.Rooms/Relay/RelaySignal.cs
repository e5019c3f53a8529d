using System.Threading.Channels;

namespace LiveFace.Rooms.Relay;

/// <summary>Wakes the one that waits; any number of calls in between become one. Waiting allocates nothing.</summary>
internal sealed class RelaySignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Nothing comes any more.</summary>
    public void End() => _channel.Writer.TryComplete();

    /// <summary>True when it is set, and stays so until <see cref="Clear"/>; false when it has ended.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync(CancellationToken.None);

    /// <summary>Called before the look at what there is, so that nothing set meanwhile is missed.</summary>
    public void Clear() => _channel.Reader.TryRead(out _);
}
