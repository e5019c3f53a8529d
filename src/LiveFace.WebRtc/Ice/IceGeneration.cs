using System.Text;

namespace LiveFace.WebRtc.Ice;

/// <summary>The credentials of both sides between two restarts (RFC 8445 5.3, 9).</summary>
internal sealed class IceGeneration(IceCredentials local, string remoteUfrag, string remotePassword)
{
    readonly byte[] _remoteUfragBytes = Encoding.ASCII.GetBytes(remoteUfrag);

    public IceCredentials Local { get; } = local;

    public string RemoteUfrag { get; } = remoteUfrag;

    /// <summary>The key of checks that go to the other side, and of its responses to them.</summary>
    public byte[] RemotePasswordBytes { get; } = Encoding.ASCII.GetBytes(remotePassword);

    /// <summary>USERNAME of checks that go to the other side: its fragment first (RFC 8445 7.2.2).</summary>
    public byte[] OutgoingUsername { get; } = Encoding.ASCII.GetBytes($"{remoteUfrag}:{local.Ufrag}");

    /// <summary>Whether USERNAME of a check that came in is of this generation.</summary>
    public bool Matches(ReadOnlySpan<byte> username) => Local.Matches(username, _remoteUfragBytes);
}
