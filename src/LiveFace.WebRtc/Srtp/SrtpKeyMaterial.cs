using System.Security.Cryptography;

namespace LiveFace.WebRtc.Srtp;

/// <summary>One direction's master key and salt.</summary>
internal readonly record struct SrtpKeyMaterial(SrtpProfile Profile, byte[] Key, byte[] Salt)
{
    const int KeyLength = 16;

    /// <summary>How many bytes the DTLS exporter must give for a profile: two keys and two salts.</summary>
    public static int ExportLength(SrtpProfile profile) => 2 * (KeyLength + SaltLength(profile));

    /// <summary>Cuts exported bytes as RFC 5764 4.2 lays them out: client key, server key, client salt, server salt.</summary>
    public static (SrtpKeyMaterial Client, SrtpKeyMaterial Server) FromExport(
        SrtpProfile profile, ReadOnlySpan<byte> exported)
    {
        var salt = SaltLength(profile);
        var salts = exported[(2 * KeyLength)..];
        return (
            new(profile, exported[..KeyLength].ToArray(), salts[..salt].ToArray()),
            new(profile, exported[KeyLength..(2 * KeyLength)].ToArray(), salts[salt..(2 * salt)].ToArray()));
    }

    /// <summary>112 bits for AES-CM, 96 bits for GCM.</summary>
    static int SaltLength(SrtpProfile profile) => profile is SrtpProfile.Aes128Gcm ? 12 : 14;

    public void Erase()
    {
        CryptographicOperations.ZeroMemory(Key);
        CryptographicOperations.ZeroMemory(Salt);
    }
}
