using System.Security.Cryptography;

namespace LiveFace.WebRtc.Srtp;

/// <summary>Session keys from a master key (RFC 3711 4.3, with the AES-CM function also for GCM, RFC 7714 11).</summary>
internal static class SrtpKeyDerivation
{
    public const byte RtpEncryption = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpEncryption = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    /// <summary>Derives <paramref name="length"/> bytes for a label; the key derivation rate is zero.</summary>
    public static byte[] Derive(in SrtpKeyMaterial master, byte label, int length)
    {
        using var aes = Aes.Create();
        aes.Key = master.Key;

        // x = label << 48 xor salt, then a 16-bit block counter. A 96-bit salt stands left in the 112 bits.
        Span<byte> counter = stackalloc byte[16];
        counter.Clear();
        master.Salt.CopyTo(counter);
        counter[7] ^= label;

        var derived = new byte[length];
        Span<byte> block = stackalloc byte[16];
        for (var done = 0; done < length; done += 16, counter[15]++)
        {
            aes.EncryptEcb(counter, block, PaddingMode.None);
            block[..Math.Min(16, length - done)].CopyTo(derived.AsSpan(done));
        }

        return derived;
    }
}
