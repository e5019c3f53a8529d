using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveFace.Access;

internal static class KestrelSetup
{
    private const int LargestBody = 1024 * 1024;

    public static void Listen(
        this KestrelServerOptions kestrel, IEnumerable<ListenAddress> addresses, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 5_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        foreach (var address in addresses)
        {
            void Configure(ListenOptions options)
            {
                if (address.Https)
                    options.UseHttps(certificate!);
            }

            if (address.IsEveryAddress)
                kestrel.ListenAnyIP(address.Port, Configure);
            else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
                kestrel.Listen(ip, address.Port, Configure);
            else if (address.Port == 0)
                kestrel.Listen(IPAddress.Loopback, 0, Configure);
            else
                kestrel.ListenLocalhost(address.Port, Configure);
        }
    }
}
