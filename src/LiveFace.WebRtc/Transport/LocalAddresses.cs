using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LiveFace.WebRtc.Transport;

/// <summary>
/// Turns the addresses to bind into those of the machine. Each gets its own socket, so that an answer leaves from the
/// address that it was asked at, also where the machine has several.
/// </summary>
internal static class LocalAddresses
{
    public static IReadOnlyList<IPAddress> Expand(IReadOnlyList<IPAddress> configured)
    {
        var addresses = new List<IPAddress>();
        foreach (var address in configured)
        {
            if (address.Equals(IPAddress.Any))
                addresses.AddRange(OfMachine(AddressFamily.InterNetwork));
            else if (address.Equals(IPAddress.IPv6Any))
                addresses.AddRange(OfMachine(AddressFamily.InterNetworkV6));
            else
                addresses.Add(address);
        }

        return addresses.Distinct().ToList();
    }

    /// <summary>Loopback addresses are for nobody else, so they are offered only where there is nothing else.</summary>
    public static IReadOnlyList<IPAddress> ToOffer(IReadOnlyList<IPAddress> bound)
    {
        var outside = bound.Where(address => !IPAddress.IsLoopback(address)).ToList();
        return outside.Count > 0 ? outside : bound;
    }

    static IEnumerable<IPAddress> OfMachine(AddressFamily family)
    {
        if (family is AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
            return [];
        return NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == family && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast);
    }
}
