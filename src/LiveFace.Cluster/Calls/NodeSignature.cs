using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Cluster.Calls;

/// <summary>
/// Shows that a call comes from a node of this cluster: a code over who calls, when, what and with which body, keyed by the
/// cluster's secret. Each is good once, for half a minute.
/// </summary>
public sealed class NodeSignature(string secret, TimeProvider time)
{
    /// <summary>The header that carries it: node, milliseconds since 1970, a random number, the code.</summary>
    public const string Header = "LiveFace-Node";

    /// <summary>Headers that say who is behind a call and what is asked; signed with it, in this order.</summary>
    public static readonly IReadOnlyList<string> SignedHeaders = ["LiveFace-Grant", "LiveFace-Client", "LiveFace-Scheme", "LiveFace-Claim"];

    /// <summary>
    /// Says that the body comes as it comes, and is not signed; signed itself, where it is there. Who sits on the way can change such a body as they can an
    /// answer, which TLS between nodes keeps them from.
    /// </summary>
    public const string StreamedHeader = "LiveFace-Body";

    /// <summary>The shortest secret that is taken.</summary>
    public const int ShortestSecret = 32;

    private const int MostRemembered = 200_000;
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(30);

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes("liveface calls between nodes\n" + secret));
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, long At)> _order = new();
    private readonly Lock _lock = new();

    /// <summary>The header for a call.</summary>
    public string Sign(string node, string method, string pathAndQuery, ReadOnlySpan<byte> body, Func<string, string?>? headers = null)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return $"{node} {at} {nonce} {Convert.ToHexStringLower(Code(node, at, nonce, method, pathAndQuery, body, headers))}";
    }

    /// <summary>Whether a header is right for the call, and was not seen before. Gives the node that calls.</summary>
    public bool TryVerify(
        string? header, string method, string pathAndQuery, ReadOnlySpan<byte> body, out string node, Func<string, string?>? headers = null)
    {
        node = "";
        if (header?.Split(' ') is not [{ Length: > 0 } name, var at, { Length: 32 } nonce, { Length: 64 } code]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return false;
        Span<byte> told = stackalloc byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(code, told, out _, out _) != System.Buffers.OperationStatus.Done
            || !CryptographicOperations.FixedTimeEquals(told, Code(name, at, nonce, method, pathAndQuery, body, headers)))
            return false;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (Math.Abs((double)now - milliseconds) > Good.TotalMilliseconds || !TryRemember(nonce, now))
            return false;
        node = name;
        return true;
    }

    /// <summary>A call that cannot be remembered is refused: it could come again.</summary>
    private bool TryRemember(string nonce, long now)
    {
        lock (_lock)
        {
            // A call may be dated ahead as far as behind.
            while (_order.TryPeek(out var oldest) && now - oldest.At > 2 * Good.TotalMilliseconds)
                _seen.Remove(_order.Dequeue().Nonce);
            if (_seen.Count >= MostRemembered || !_seen.TryAdd(nonce, now))
                return false;
            _order.Enqueue((nonce, now));
            return true;
        }
    }

    private byte[] Code(
        string node, string at, string nonce, string method, string pathAndQuery, ReadOnlySpan<byte> body, Func<string, string?>? headers)
    {
        var said = string.Join('\n', SignedHeaders.Select(name => headers?.Invoke(name) ?? ""));
        if (headers?.Invoke(StreamedHeader) is { } streamed)
            said += "\n" + streamed;
        return HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(
            $"{node}\n{at}\n{nonce}\n{method}\n{pathAndQuery}\n{Convert.ToHexStringLower(SHA256.HashData(body))}\n{said}"));
    }
}
