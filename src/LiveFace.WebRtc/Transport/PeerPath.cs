using System.Net;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Transport;

/// <summary>A path that a check of one peer has validated.</summary>
internal sealed class PeerPath(PathKey key, IPacketLink link, SocketAddress remote, IPathOwner owner, PathConsent consent)
{
    public PathKey Key { get; } = key;

    public IPacketLink Link { get; } = link;

    public IPathOwner Owner { get; } = owner;

    /// <summary>Whether the client was shown to receive at its other end.</summary>
    public PathConsent Consent { get; } = consent;

    /// <summary>The credentials of its newest check; requests that go over it carry them.</summary>
    public required IceGeneration Generation { get; set; }

    /// <summary>When something came over it last.</summary>
    public TimeSpan LastReceived { get; set; }

    public bool Send(ReadOnlySpan<byte> datagram) => Link.Send(datagram, _remote);

    readonly SocketAddress _remote = Copy(remote);

    public SocketAddress Remote => _remote;

    static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
