using System.Net;

namespace LiveFace.WebRtc.Transport;

/// <summary>The sockets on one local address.</summary>
internal sealed class LocalLink(UdpLink udp, TcpAcceptor? tcp) : IDisposable
{
    Task _loops = Task.CompletedTask;

    public IPEndPoint Local => udp.Local;

    /// <summary>Since when the machine does not have the address any more; null while it does.</summary>
    public TimeSpan? GoneSince { get; set; }

    /// <summary>What does not work, for people to read; null when all does.</summary>
    public string? Problem =>
        udp.IsFailing ? $"Nothing can be received on UDP {Local}."
        : tcp is { IsFailing: true } ? $"No connection can be accepted on TCP {Local}."
        : null;

    /// <summary>Completes when nothing runs any more.</summary>
    public Task Ended => _loops;

    public void Run(IPacketReceiver receiver) =>
        _loops = Task.WhenAll(udp.ReceiveAsync(receiver), tcp?.AcceptAsync(receiver) ?? Task.CompletedTask);

    public void Dispose()
    {
        tcp?.Dispose();
        udp.Dispose();
    }
}
