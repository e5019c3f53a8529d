using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Transport;

/// <summary>
/// All sockets of an endpoint, and the candidates that lead to them. What a wildcard stands for follows the machine: an
/// address that comes later gets its sockets when candidates are asked for next, and one that goes is offered no more.
/// </summary>
internal sealed class EndpointLinks(
    RtcEndpointOptions options, EndpointCounters counters, TimeProvider clock, IPacketReceiver receiver,
    Func<IReadOnlyList<IPAddress>, IReadOnlyList<IPAddress>> expand) : IAsyncDisposable
{
    /// <summary>With port 0: a port that is free over UDP may be taken over TCP, or on another address.</summary>
    const int MostPortsToTry = 20;

    /// <summary>An address that comes back within this finds its sessions as they were.</summary>
    readonly TimeSpan _keep = options.ConsentTimeout;

    readonly Lock _lock = new();
    readonly List<LocalLink> _links = [];
    readonly TcpQuota _quota = new(options.MaximumTcpConnections);
    readonly long _startedAt = clock.GetTimestamp();
    IReadOnlyList<IceCandidate> _candidates = [];
    int _lastId;
    bool _stale;
    bool _closed;

    /// <summary>The one port, once open.</summary>
    public int Port { get; private set; } = options.Port;

    /// <summary>What to offer now.</summary>
    public IReadOnlyList<IceCandidate> Candidates
    {
        get
        {
            lock (_lock)
            {
                if (_stale && !_closed)
                    Follow();
                return _candidates;
            }
        }
    }

    /// <summary>
    /// Whether an address is this machine's own. A packet that comes over a network with such a source is dropped by the
    /// system (RFC 1812 5.3.7).
    /// </summary>
    public bool IsOwn(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return true;
        lock (_lock)
            return _links.Exists(link => link.Local.Address.Equals(address));
    }

    /// <summary>What does not work, for people to read; null when all does.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
                return _links.Select(link => link.Problem).FirstOrDefault(problem => problem is not null);
        }
    }

    /// <summary>Opens the sockets on every address there is.</summary>
    public void Open()
    {
        var addresses = expand(options.BindAddresses);
        if (addresses.Count == 0)
            throw new SocketException((int)SocketError.AddressNotAvailable, "The machine has no address to bind to.");
        lock (_lock)
        {
            for (var tries = 1; !TryOpen(addresses, isLast: options.Port != 0 || tries == MostPortsToTry); tries++)
                Port = 0;
            _links.ForEach(link => link.Run(receiver));
            MakeCandidates();
        }

        if (options.BindAddresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            Watch();
    }

    /// <summary>The machine's addresses are not what they were.</summary>
    public void OnAddressChanged(object? sender, EventArgs e)
    {
        lock (_lock)
            _stale = true;
    }

    public async ValueTask DisposeAsync()
    {
        NetworkChange.NetworkAddressChanged -= OnAddressChanged;
        lock (_lock)
        {
            _closed = true;
            _links.ForEach(link => link.Dispose());
        }

        await Task.WhenAll(_links.Select(link => link.Ended));
    }

    void Watch()
    {
        try
        {
            NetworkChange.NetworkAddressChanged += OnAddressChanged;
        }
        catch (NetworkInformationException)
        {
            // Where the system does not tell of changes, the addresses of the start stay.
        }
    }

    void Follow()
    {
        _stale = false;
        var now = clock.GetElapsedTime(_startedAt);
        var addresses = expand(options.BindAddresses);
        for (var i = _links.Count - 1; i >= 0; i--)
        {
            var link = _links[i];
            link.GoneSince = addresses.Contains(link.Local.Address) ? null : link.GoneSince ?? now;
            if (now - link.GoneSince <= _keep || link.GoneSince is null)
                continue;
            link.Dispose();
            _links.RemoveAt(i);
        }

        foreach (var address in addresses.Where(address => _links.TrueForAll(link => !link.Local.Address.Equals(address))))
        {
            try
            {
                var link = OpenOn(address);
                _links.Add(link);
                link.Run(receiver);
            }
            catch (SocketException)
            {
                // Gone again, not ready yet (then another change follows), or its port is taken: the others serve on.
                counters.Drop(DropReason.AddressRefused);
            }
        }

        MakeCandidates();
    }

    /// <summary>All or none. False when the port is taken, unless it is the last that may be tried.</summary>
    bool TryOpen(IReadOnlyList<IPAddress> addresses, bool isLast)
    {
        try
        {
            foreach (var address in addresses)
                _links.Add(OpenOn(address));
            return true;
        }
        catch (SocketException exception)
        {
            _links.ForEach(link => link.Dispose());
            _links.Clear();
            if (isLast || exception.SocketErrorCode is not SocketError.AddressAlreadyInUse)
                throw;
            return false;
        }
    }

    /// <summary>With port 0 the first UDP socket takes a free port and the others follow it.</summary>
    LocalLink OpenOn(IPAddress address)
    {
        try
        {
            var udp = new UdpLink(NextId(), new(address, Port), counters);
            try
            {
                Port = udp.Local.Port;
                return new(udp, options.Tcp ? new(new(address, Port), counters, clock, _quota, NextId, options.Gate) : null);
            }
            catch
            {
                udp.Dispose();
                throw;
            }
        }
        catch (SocketException exception)
        {
            throw new SocketException(
                (int)exception.SocketErrorCode,
                $"Cannot listen on {new IPEndPoint(address, Port)}: {exception.Message}. "
                + "Is another program using the port, or is the address not this machine's?");
        }
    }

    int NextId() => Interlocked.Increment(ref _lastId);

    void MakeCandidates()
    {
        var bound = _links.Where(link => link.GoneSince is null).Select(link => link.Local.Address).ToList();
        var publicPort = options.PublicPort == 0 ? Port : options.PublicPort;
        var offered = options.PublicAddresses.Select(address => (Address: address, Port: publicPort)).ToList();
        if (offered.Count == 0 || options.OfferLocalAddresses)
            offered.AddRange(LocalAddresses.ToOffer(bound).Select(address => (address, Port)));

        var candidates = offered.Distinct().Select((at, rank) => new IceCandidate(at.Address, at.Port, IsTcp: false, rank)).ToList();
        if (options.Tcp)
            candidates.AddRange(candidates.ConvertAll(candidate => candidate with { IsTcp = true }));
        _candidates = candidates;
    }
}
