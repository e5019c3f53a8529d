using System.Security.Cryptography;
using System.Text;
using LiveFace.Media.Codecs;

namespace LiveFace.Cluster.Relay;

/// <summary>
/// How the ends of a stream show each other that they know the cluster's secret: each a code over both ends' random numbers,
/// and over what the stream is for. Neither can be used again, nor for the other end. Who pulls proves it before anything is
/// shown; the owner does before anything is believed.
/// </summary>
internal sealed class RelayProof(string secret)
{
    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes("liveface relays between nodes\n" + secret));

    public static byte[] Nonce() => RandomNumberGenerator.GetBytes(RelayAsk.NonceSize);

    public byte[] Owners(in Stream stream) => Code("owner", stream);

    public byte[] Pullers(in Stream stream) => Code("puller", stream);

    public bool IsOwners(ReadOnlySpan<byte> proof, in Stream stream) => CryptographicOperations.FixedTimeEquals(proof, Owners(stream));

    public bool IsPullers(ReadOnlySpan<byte> proof, in Stream stream) => CryptographicOperations.FixedTimeEquals(proof, Pullers(stream));

    private byte[] Code(string end, in Stream stream) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(
        $"{end}\n{Convert.ToHexStringLower(stream.PullersNonce)}\n{Convert.ToHexStringLower(stream.OwnersNonce)}\n{stream.Epoch}\n{stream.Codec}\n{stream.Room}"));

    /// <summary>What a proof is for.</summary>
    public readonly record struct Stream(string Room, VideoCodec Codec, long Epoch, byte[] PullersNonce, byte[] OwnersNonce);
}
