using System.Collections.Concurrent;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>What comes to a wire that nobody else reads.</summary>
internal static class WireEars
{
    public static ConcurrentQueue<byte[]> Listen(UdpWire wire)
    {
        var heard = new ConcurrentQueue<byte[]>();
        _ = ListenAsync(wire, heard);
        return heard;
    }

    public static async Task ListenAsync(UdpWire wire, ConcurrentQueue<byte[]> heard)
    {
        try
        {
            while (true)
                heard.Enqueue(await wire.ReceiveAsync(CancellationToken.None));
        }
        catch (Exception exception) when (exception is ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            // The test is over.
        }
    }
}
