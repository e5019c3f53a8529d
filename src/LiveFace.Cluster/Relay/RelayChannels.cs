using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using LiveFace.Cluster.Calls;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Relay;

/// <summary>A connection to each node that something is pulled from, shared by all that is; closed with the last of it.</summary>
/// <param name="node">The node that pulls.</param>
/// <param name="signature">Signs that a call comes from a node; the stream proves it again, both ways.</param>
/// <param name="certificates">TLS, where nodes have certificates.</param>
public sealed class RelayChannels(string node, NodeSignature signature, NodeCertificates? certificates) : IDisposable
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
            // Most keyframes fit, and what a node that falls behind has not taken yet is half a second of 4 Mbit/s.
            InitialHttp2StreamWindowSize = 256 * 1024,
            KeepAlivePingDelay = TimeSpan.FromSeconds(2),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
        };
        if (certificates is not null)
            handler.SslOptions = certificates.ForCalling();
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            // A client and not its handler: gRPC would put a balancer of its own over the connections.
            HttpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, DisposeHttpClient = true,
            MaxReceiveMessageSize = RelayTell.HeaderSize + RelayLimits.MostBytes,
            MaxRetryAttempts = 1, ThrowOperationCanceledOnCancellation = true,
        });
    }

    private Metadata Signed() => new()
    {
        // gRPC's names of headers are in small letters.
        { NodeSignature.Header.ToLowerInvariant(), signature.Sign(node, HttpMethod.Post.Method, RelayContract.Path, []) },
    };

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
            _invoker!.AsyncDuplexStreamingCall(RelayContract.Pull, host: null, new CallOptions(channels.Signed(), cancellationToken: cancellation));

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
