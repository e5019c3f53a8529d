using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LiveFace.WebRtc.Sdp;

/// <summary>Our SSRCs for each media section of a session; they stay when it is negotiated again (RFC 3550 8.1).</summary>
internal sealed class LocalSources
{
    readonly List<(uint Media, uint Rtx)> _sources = [];
    readonly HashSet<uint> _used = [0];

    /// <summary>The name that binds our streams together (RFC 7022 4.2).</summary>
    public string Cname { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public (uint Media, uint Rtx) For(int section)
    {
        while (_sources.Count <= section)
            _sources.Add((Next(), Next()));
        return _sources[section];
    }

    uint Next()
    {
        Span<byte> octets = stackalloc byte[4];
        uint ssrc;
        do
        {
            RandomNumberGenerator.Fill(octets);
            ssrc = BinaryPrimitives.ReadUInt32BigEndian(octets);
        }
        while (!_used.Add(ssrc));
        return ssrc;
    }
}
