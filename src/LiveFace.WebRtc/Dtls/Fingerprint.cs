using System.Security.Cryptography;

namespace LiveFace.WebRtc.Dtls;

/// <summary>A certificate's hash as SDP carries it (RFC 8122 5).</summary>
internal sealed record Fingerprint
{
    readonly byte[] _hash;

    Fingerprint(string algorithm, byte[] hash)
    {
        Algorithm = algorithm;
        _hash = hash;
    }

    /// <summary>"sha-256", "sha-384" or "sha-512".</summary>
    public string Algorithm { get; }

    public static Fingerprint Of(byte[] certificate) => new("sha-256", SHA256.HashData(certificate));

    /// <summary>Reads the value of an a=fingerprint line. Weaker hashes than SHA-256 are not taken.</summary>
    public static Fingerprint? TryParse(ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        if (space < 0)
            return null;

        var (algorithm, length) = value[..space] switch
        {
            var name when name.Equals("sha-256", StringComparison.OrdinalIgnoreCase) => ("sha-256", 32),
            var name when name.Equals("sha-384", StringComparison.OrdinalIgnoreCase) => ("sha-384", 48),
            var name when name.Equals("sha-512", StringComparison.OrdinalIgnoreCase) => ("sha-512", 64),
            _ => ("", 0),
        };
        var hex = value[(space + 1)..].Trim();
        if (length == 0 || hex.Length != (length * 3) - 1)
            return null;

        var hash = new byte[length];
        for (var i = 0; i < length; i++)
        {
            if (!byte.TryParse(hex.Slice(i * 3, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out hash[i])
                || (i + 1 < length && hex[(i * 3) + 2] != ':'))
            {
                return null;
            }
        }

        return new(algorithm, hash);
    }

    public bool Matches(ReadOnlySpan<byte> certificate)
    {
        Span<byte> hash = stackalloc byte[64];
        var length = Algorithm switch
        {
            "sha-384" => SHA384.HashData(certificate, hash),
            "sha-512" => SHA512.HashData(certificate, hash),
            _ => SHA256.HashData(certificate, hash),
        };
        return CryptographicOperations.FixedTimeEquals(hash[..length], _hash);
    }

    public bool Equals(Fingerprint? other) =>
        other is not null && Algorithm == other.Algorithm && _hash.AsSpan().SequenceEqual(other._hash);

    public override int GetHashCode() => BitConverter.ToInt32(_hash);

    public override string ToString() => $"{Algorithm} {Convert.ToHexString(_hash).Chunk(2).Aggregate(
        new System.Text.StringBuilder(),
        (text, octet) => text.Append(text.Length == 0 ? "" : ":").Append(octet))}";
}
