using System.Collections.Concurrent;
using Grpc.Core;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Relay;

/// <summary>
/// The one call between nodes that carries pictures. It is gRPC with messages of our own instead of protobuf's: those make a
/// new array for each picture at either end, these are read and written in memory that is used again.
/// </summary>
internal static class RelayContract
{
    public const string Service = "liveface.Relay";

    /// <summary>Where it is called.</summary>
    public const string Path = $"/{Service}/{nameof(Pull)}";

    public static readonly Method<RelayAsk, RelayTell> Pull = new(
        MethodType.DuplexStreaming, Service, nameof(Pull),
        Marshallers.Create<RelayAsk>(
            (ask, context) => context.Complete(ask.Write()),
            context => RelayAsk.Read(context.PayloadAsReadOnlySequence())),
        Marshallers.Create<RelayTell>(Write, Read));

    // Taken in by the marshaller, which knows of no stream; given back when what it brought has been handed on.
    private const int MostFree = 64;
    private static readonly ConcurrentQueue<RelayTell> Free = new();

    public static void Return(RelayTell tell)
    {
        if (Free.Count < MostFree)
            Free.Enqueue(tell);
    }

    private static void Write(RelayTell tell, SerializationContext context)
    {
        context.SetPayloadLength(tell.Size);
        tell.Write(context.GetBufferWriter());
        context.Complete();
    }

    private static RelayTell Read(DeserializationContext context)
    {
        var tell = Free.TryDequeue(out var free) ? free : new RelayTell();
        tell.Read(context.PayloadAsReadOnlySequence());
        return tell;
    }
}
