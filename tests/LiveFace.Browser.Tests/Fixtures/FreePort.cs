using System.Net;
using System.Net.Sockets;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>A port that nobody listens on, on UDP and TCP alike.</summary>
internal static class FreePort
{
    public static int Next()
    {
        for (; ; )
        {
            using var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            var port = ((IPEndPoint)tcp.LocalEndpoint).Port;
            try
            {
                using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken on UDP: the next one.
            }
        }
    }
}
