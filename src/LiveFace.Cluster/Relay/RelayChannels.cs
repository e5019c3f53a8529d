using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Relay;

/// <summary>A connection to each node that something is pulled from, shared by all that is; closed with the last of it.</summary>
/// <param name="prepare">Sets what TLS needs.</param>
public sealed class RelayChannels(Action<SocketsHttpHandler>? prepare = null) : IDisposable
{
    private readonly Dictionary<Uri, Shared> _open = [];
    private readonly Lock _gate = new();

    /// <summary>Connections that are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var shared in _open.Values)
                shared.Channel.Dispose();
            _open.Clear();
        }
    }

    internal Lease Open(Uri address)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(address, out var shared))
                _open[address] = shared = new Shared(Connect(address));
            shared.Users++;
            return new Lease(this, address, shared);
        }
    }

    private GrpcChannel Connect(Uri address)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            EnableMultipleHttp2Connections = true,
            // A keyframe fits without waiting for the other end's leave to go on.
            InitialHttp2StreamWindowSize = 1024 * 1024,
            KeepAlivePingDelay = TimeSpan.FromSeconds(2),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
        };
        prepare?.Invoke(handler);
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = RelayTell.HeaderSize + RelayLimits.MostBytes,
            MaxRetryAttempts = 1, ThrowOperationCanceledOnCancellation = true,
        });
    }

    private void Close(Uri address, Shared shared)
    {
        lock (_gate)
        {
            if (--shared.Users > 0 || !_open.Remove(address))
                return;
        }

        shared.Channel.Dispose();
    }

    /// <summary>One stream's part of a connection.</summary>
    internal sealed class Lease(RelayChannels channels, Uri address, Shared shared) : IDisposable
    {
        private CallInvoker? _invoker = shared.Channel.CreateCallInvoker();

        public AsyncDuplexStreamingCall<RelayAsk, RelayTell> Pull(CancellationToken cancellation) =>
            _invoker!.AsyncDuplexStreamingCall(RelayContract.Pull, host: null, new CallOptions(cancellationToken: cancellation));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _invoker, null) is not null)
                channels.Close(address, shared);
        }
    }

    internal sealed class Shared(GrpcChannel channel)
    {
        public GrpcChannel Channel { get; } = channel;

        public int Users { get; set; }
    }
}
