using Grpc.Core;

namespace LiveFace.Cluster.Relay;

/// <summary>The owner's end of <see cref="RelayContract"/>, as gRPC's servers find it.</summary>
[BindServiceMethod(typeof(RelayServiceBase), nameof(Bind))]
public abstract class RelayServiceBase
{
    /// <summary>Where it is called; its body is a stream, and no signature covers it.</summary>
    public const string Path = RelayContract.Path;

    private protected RelayServiceBase()
    {
    }

    /// <summary>Tells a server of the method.</summary>
    public static void Bind(ServiceBinderBase binder, RelayServiceBase? service) => binder.AddMethod(
        RelayContract.Pull, service is null ? null : new DuplexStreamingServerMethod<RelayAsk, RelayTell>(service.Pull));

    /// <summary>Feeds the node that calls until it leaves, or the room or its ownership ends.</summary>
    public abstract Task Pull(IAsyncStreamReader<RelayAsk> asks, IServerStreamWriter<RelayTell> tells, ServerCallContext context);
}
