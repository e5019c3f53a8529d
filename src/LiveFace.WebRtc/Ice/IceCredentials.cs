using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LiveFace.WebRtc.Ice;

/// <summary>
/// Our username fragment and password (RFC 8445 5.3). The fragment is exactly eight characters, so that a check finds
/// its peer by a number.
/// </summary>
internal sealed class IceCredentials
{
    const int UfragLength = 8;
    const int PasswordLength = 24;
    const string IceChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    IceCredentials(string ufrag, string password)
    {
        Ufrag = ufrag;
        Password = password;
        PasswordBytes = Encoding.ASCII.GetBytes(password);
        TryKey(Encoding.ASCII.GetBytes(ufrag), out var key);
        Key = key;
    }

    public string Ufrag { get; }

    public string Password { get; }

    public byte[] PasswordBytes { get; }

    /// <summary>The fragment as a number.</summary>
    public ulong Key { get; }

    public static IceCredentials Create() =>
        new(RandomNumberGenerator.GetString(IceChars, UfragLength), RandomNumberGenerator.GetString(IceChars, PasswordLength));

    /// <summary>The number of the fragment that a USERNAME ("ours:theirs") starts with.</summary>
    public static bool TryKey(ReadOnlySpan<byte> username, out ulong key)
    {
        key = 0;
        if (username.Length < UfragLength || (username.Length > UfragLength && username[UfragLength] != (byte)':'))
            return false;
        key = BinaryPrimitives.ReadUInt64BigEndian(username);
        return true;
    }

    /// <summary>Whether a USERNAME is "ours:theirs" for these credentials and the other side's fragment.</summary>
    public bool Matches(ReadOnlySpan<byte> username, ReadOnlySpan<byte> remoteUfrag) =>
        TryKey(username, out var key)
        && key == Key
        && username.Length > UfragLength
        && username[(UfragLength + 1)..].SequenceEqual(remoteUfrag);
}
