using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// Keeps idle connections from closing the server to others: where an address or all together have as many as they may, the
/// one that has been idle longest makes room for the newest. Who asks from this machine, as a liveness check in a container
/// does, gets in even when nobody is idle.
/// </summary>
internal sealed class ConnectionGate(IOptions<QuotaOptions> quotas, IOptions<AccessOptions> access, TimeProvider time)
{
    private readonly HashSet<ConnectionUse> _open = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private readonly Lock _lock = new();
    private readonly IPNetwork[] _proxies = [.. access.Value.TrustedProxies.Select(Network)];

    public int Count
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        if (TryEnter(connection.RemoteEndPoint, connection.Abort) is not { } use)
        {
            connection.Abort();
            return;
        }

        connection.Features.Set(use);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(use);
        }
    };

    /// <summary>Null when there is no room and nobody is idle.</summary>
    internal ConnectionUse? TryEnter(EndPoint? remote, Action abort)
    {
        var address = AddressBuckets.Site((remote as IPEndPoint)?.Address ?? IPAddress.None);
        var isLocal = IPAddress.IsLoopback(address);
        var use = new ConnectionUse(address, abort, time);
        ConnectionUse? evicted = null;
        lock (_lock)
        {
            var ofAddress = _perAddress.GetValueOrDefault(address);
            if (!isLocal && ofAddress >= quotas.Value.ConnectionsPerAddress && !IsProxy(address))
            {
                if ((evicted = Idlest(one => one.Address.Equals(address))) is null)
                    return null;
            }
            else if (_open.Count >= quotas.Value.Connections && (evicted = Idlest(_ => true)) is null && !isLocal)
            {
                return null;
            }

            if (evicted is not null)
                Remove(evicted);
            _open.Add(use);
            _perAddress[address] = _perAddress.GetValueOrDefault(address) + 1;
        }

        evicted?.Abort();
        return use;
    }

    internal void Leave(ConnectionUse use)
    {
        lock (_lock)
            Remove(use);
    }

    private void Remove(ConnectionUse use)
    {
        if (_open.Remove(use) && --_perAddress[use.Address] == 0)
            _perAddress.Remove(use.Address);
    }

    private ConnectionUse? Idlest(Func<ConnectionUse, bool> which)
    {
        ConnectionUse? idlest = null;
        foreach (var use in _open)
            if (!use.IsBusy && which(use) && (idlest is null || use.IdleSince < idlest.IdleSince))
                idlest = use;
        return idlest;
    }

    private bool IsProxy(IPAddress address) => Array.Exists(_proxies, p => p.Contains(address));

    private static IPNetwork Network(string text) => IPAddress.TryParse(text, out var one)
        ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : IPNetwork.Parse(text);
}
