using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.Benchmarks;

/// <summary>
/// Protecting and opening one packet of 1,112 bytes, beside libsrtp2 as Debian builds it (on NSS; apt-get install
/// libsrtp2-1): `-- --filter '*Srtp*'`.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public unsafe partial class SrtpBenchmarks
{
    private const int Plain = 1112;
    private const int Header = 12;

    private readonly byte[] _buffer = GC.AllocateArray<byte>(2048, pinned: true);
    private SrtpTransform _protect = null!;
    private SrtpTransform _unprotect = null!;
    private nint _nativeProtect;
    private nint _nativeUnprotect;
    private ulong _index;

    [Params(1, 7)]
    public int Profile { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var profile = (SrtpProfile)Profile;
        var exported = Enumerable.Range(0, SrtpKeyMaterial.ExportLength(profile)).Select(i => (byte)i).ToArray();
        var keys = SrtpKeyMaterial.FromExport(profile, exported).Client;
        _protect = SrtpTransform.Create(keys);
        _unprotect = SrtpTransform.Create(keys);
        _ = srtp_init();
        _nativeProtect = CreateNative(keys, outbound: true);
        _nativeUnprotect = CreateNative(keys, outbound: false);
    }

    [Benchmark]
    public int Managed()
    {
        Write();
        var index = _index & 0xFFFF_FFFF_FFFF;
        var length = _protect.ProtectRtp(_buffer, Plain, Header, 5, index);
        return _unprotect.UnprotectRtp(_buffer.AsSpan(0, length), Header, 5, index) == Plain ? length : Fail();
    }

    [Benchmark(Baseline = true)]
    public int Libsrtp()
    {
        Write();
        var length = Plain;
        fixed (byte* packet = _buffer)
        {
            if (srtp_protect(_nativeProtect, packet, &length) != 0 || srtp_unprotect(_nativeUnprotect, packet, &length) != 0)
                return Fail();
        }

        return length == Plain ? length : Fail();
    }

    private static int Fail() => throw new InvalidOperationException("The packet did not open.");

    private void Write()
    {
        _index++;
        _buffer.AsSpan(0, Header).Clear();
        _buffer[0] = 0x80;
        _buffer[1] = 96;
        _buffer[11] = 5;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(2), (ushort)_index);
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
