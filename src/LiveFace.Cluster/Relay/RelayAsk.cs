using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using LiveFace.Media.Codecs;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Relay;

/// <summary>What a node says that pulls: first which room and codec, then its proof, then what it wants from time to time.</summary>
public sealed record RelayAsk
{
    internal const int NonceSize = 16;
    internal const int ProofSize = 32;
    private const int MostBytes = 1024;

    private RelayAsk(Kinds kind) => Kind = kind;

    internal enum Kinds : byte
    {
        Open = 1,
        Prove = 2,
        Demand = 3,
    }

    internal Kinds Kind { get; }

    internal string Room { get; private init; } = "";

    internal VideoCodec Codec { get; private init; }

    /// <summary>The nonce of an opening, or a proof.</summary>
    internal byte[] Secret { get; private init; } = [];

    internal RelayDemand Demand { get; private init; }

    internal static RelayAsk Open(string room, VideoCodec codec, byte[] nonce) => new(Kinds.Open) { Room = room, Codec = codec, Secret = nonce };

    internal static RelayAsk Prove(byte[] proof) => new(Kinds.Prove) { Secret = proof };

    internal static RelayAsk For(in RelayDemand demand) => new(Kinds.Demand) { Demand = demand };

    internal byte[] Write()
    {
        switch (Kind)
        {
            case Kinds.Open:
                return [(byte)Kind, (byte)Codec, .. Secret, .. Encoding.UTF8.GetBytes(Room)];
            case Kinds.Prove:
                return [(byte)Kind, .. Secret];
            default:
                var bytes = new byte[18];
                bytes[0] = (byte)Kind;
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), Demand.TargetBitrate);
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), Demand.Viewers);
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(13), Demand.KeyFrames);
                bytes[17] = Demand.Sound ? (byte)1 : (byte)0;
                return bytes;
        }
    }

    /// <exception cref="RelayFormatException">It is none.</exception>
    internal static RelayAsk Read(in ReadOnlySequence<byte> payload)
    {
        if (payload.Length is 0 or > MostBytes)
            throw new RelayFormatException();
        var bytes = payload.ToArray();
        var rest = bytes.AsSpan(1);
        switch ((Kinds)bytes[0])
        {
            case Kinds.Open when rest.Length > 1 + NonceSize && Enum.IsDefined((VideoCodec)rest[0]):
                return Open(Encoding.UTF8.GetString(rest[(1 + NonceSize)..]), (VideoCodec)rest[0], rest.Slice(1, NonceSize).ToArray());
            case Kinds.Prove when rest.Length == ProofSize:
                return Prove(rest.ToArray());
            case Kinds.Demand when rest.Length == 17:
                return For(new RelayDemand(
                    Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(rest)),
                    Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(rest[8..]), 0, 1_000_000),
                    rest[16] != 0,
                    BinaryPrimitives.ReadInt32LittleEndian(rest[12..])));
            default:
                throw new RelayFormatException();
        }
    }
}
