using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.Benchmarks;

/// <summary>
/// Protecting and opening one packet of 1,112 bytes, beside libsrtp2 as Debian builds it (on NSS; apt-get install
/// libsrtp2-1): `-- srtp`. Both take turns in one run, and the best round of each counts.
/// </summary>
internal sealed unsafe partial class SrtpBesideLibsrtp
{
    private const int Plain = 1112;
    private const int Header = 12;
    private const int Packets = 50_000;
    private const int Rounds = 15;

    private readonly byte[] _buffer = GC.AllocateArray<byte>(2048, pinned: true);
    private readonly SrtpTransform _protect;
    private readonly SrtpTransform _unprotect;
    private readonly nint _nativeProtect;
    private readonly nint _nativeUnprotect;
    private ulong _index;
    private ulong _nativeIndex;

    private SrtpBesideLibsrtp(SrtpProfile profile)
    {
        var exported = Enumerable.Range(0, SrtpKeyMaterial.ExportLength(profile)).Select(i => (byte)i).ToArray();
        var keys = SrtpKeyMaterial.FromExport(profile, exported).Client;
        _protect = SrtpTransform.Create(keys);
        _unprotect = SrtpTransform.Create(keys);
        _nativeProtect = CreateNative(keys, outbound: true);
        _nativeUnprotect = CreateNative(keys, outbound: false);
    }

    public static int Run()
    {
        _ = srtp_init();
        Console.WriteLine("| profile | ours, µs for protect + unprotect | libsrtp2 | ratio |\n| --- | --- | --- | --- |");
        foreach (var profile in Enum.GetValues<SrtpProfile>())
        {
            var pair = new SrtpBesideLibsrtp(profile);
            var (ours, theirs) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                ours = Math.Min(ours, Measure(pair.Managed));
                theirs = Math.Min(theirs, Measure(pair.Libsrtp));
            }

            Console.WriteLine($"| {profile} | {ours:F2} | {theirs:F2} | {ours / theirs:F2} |");
        }

        return 0;
    }

    private static double Measure(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Packets; i++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Packets;
    }

    private void Managed()
    {
        Write(++_index);
        var index = _index;
        var length = _protect.ProtectRtp(_buffer, Plain, Header, 5, index);
        if (_unprotect.UnprotectRtp(_buffer.AsSpan(0, length), Header, 5, index) != Plain)
            throw new InvalidOperationException("The packet did not open.");
    }

    private void Libsrtp()
    {
        Write(++_nativeIndex);
        var length = Plain;
        fixed (byte* packet = _buffer)
        {
            if (srtp_protect(_nativeProtect, packet, &length) != 0 || srtp_unprotect(_nativeUnprotect, packet, &length) != 0)
                throw new InvalidOperationException("The packet did not open.");
        }
    }

    private void Write(ulong index)
    {
        _buffer.AsSpan(0, Header).Clear();
        _buffer[0] = 0x80;
        _buffer[1] = 96;
        _buffer[11] = 5;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(2), (ushort)index);
    }

    /// <summary>srtp_policy_t as srtp.h of 2.5 lays it out: ssrc 8, rtp 24, rtcp 24, key 8, ... window 8 at 88.</summary>
    private static nint CreateNative(in SrtpKeyMaterial keys, bool outbound)
    {
        var policy = (byte*)NativeMemory.AllocZeroed(128);
        var key = (byte*)NativeMemory.AllocZeroed(64);
        keys.Key.CopyTo(new Span<byte>(key, 64));
        keys.Salt.CopyTo(new Span<byte>(key + keys.Key.Length, 48 - keys.Key.Length));
        *(int*)policy = outbound ? 3 : 2;
        foreach (var crypto in (ReadOnlySpan<nint>)[(nint)policy + 8, (nint)policy + 32])
        {
            if (keys.Profile is SrtpProfile.Aes128Gcm)
                srtp_crypto_policy_set_aes_gcm_128_16_auth((byte*)crypto);
            else
                srtp_crypto_policy_set_rtp_default((byte*)crypto);
        }

        *(nint*)(policy + 56) = (nint)key;
        *(nint*)(policy + 88) = 1024;
        nint session;
        if (srtp_create(&session, policy) is var status and not 0)
            throw new InvalidOperationException($"libsrtp gave status {status}.");
        return session;
    }

    [LibraryImport("libsrtp2.so.1")]
    private static partial int srtp_init();

    [LibraryImport("libsrtp2.so.1")]
    private static partial int srtp_create(nint* session, byte* policy);

    [LibraryImport("libsrtp2.so.1")]
    private static partial int srtp_protect(nint session, byte* packet, int* length);

    [LibraryImport("libsrtp2.so.1")]
    private static partial int srtp_unprotect(nint session, byte* packet, int* length);

    [LibraryImport("libsrtp2.so.1")]
    private static partial void srtp_crypto_policy_set_rtp_default(byte* policy);

    [LibraryImport("libsrtp2.so.1")]
    private static partial void srtp_crypto_policy_set_aes_gcm_128_16_auth(byte* policy);
}
