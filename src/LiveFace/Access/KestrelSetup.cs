using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveFace.Access;

internal static class KestrelSetup
{
    private const int LargestBody = 1024 * 1024;
    private const int ForThisMachine = 100;

    public static void Listen(
        this KestrelServerOptions kestrel, IEnumerable<ListenAddress> addresses, ServedCertificate? certificate,
        ConnectionGate gate, int mostConnections)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);

        // The gate makes room for newcomers; this only stops what it lets in beyond its number, which are this machine's.
        kestrel.Limits.MaxConcurrentConnections = mostConnections + ForThisMachine;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 5_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        foreach (var address in addresses)
        {
            void Configure(ListenOptions options)
            {
                options.Use(gate.Guard);
                if (address.Https)
                    options.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(
                            new SslServerAuthenticationOptions { ServerCertificateContext = certificate!.Current() }),
                    });
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
