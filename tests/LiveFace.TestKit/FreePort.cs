using System.Net;
using System.Net.Sockets;

namespace LiveFace.TestKit;

/// <summary>
/// Ports that nobody listens on, on UDP and TCP alike, for servers that have to be told one. Each is held as long as the
/// process lives, so that two test runs on one machine never get the same; and all lie below those that the system gives to
/// outgoing connections.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Last = 27_000;
    private static readonly List<Socket> Held = [];

    public static int Next()
    {
        for (; ; )
        {
            var port = Random.Shared.Next(First, Last);
            if (TryHold(port) && IsFree(port))
                return port;
        }
    }

    /// <summary>By a name among the system's abstract sockets, of which nothing is left when the process ends (unix(7)).</summary>
    private static bool TryHold(int port)
    {
        var name = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            name.Bind(new UnixDomainSocketEndPoint($"\0liveface-test-port-{port}"));
        }
        catch (SocketException)
        {
            name.Dispose();
            return false;
        }

        lock (Held)
            Held.Add(name);
        return true;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var tcp = new TcpListener(IPAddress.Any, port);
            tcp.Start();
            using var udp = new UdpClient(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
