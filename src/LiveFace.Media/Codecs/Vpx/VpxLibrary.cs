using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>The functions of libvpx that are used, and how its many versions are told apart.</summary>
internal static unsafe partial class VpxLibrary
{
    public const int Ok = 0;
    public const int AbiMismatch = 3;
    public const int ForceKeyFrame = 1;
    public const uint RealTimeDeadline = 1;

    private const string Import = "vpx";

    static VpxLibrary() => NativeLibraries.Declare(typeof(VpxLibrary).Assembly, Name);

    /// <summary>
    /// Sonames from 1.8 on; the parts of the structures that are used did not change between them.
    /// </summary>
    public static NativeLibraryName Name { get; } = new(
        Import, "libvpx7", "libvpx.so.7", "libvpx.so.9", "libvpx.so.11", "libvpx.so.12", "libvpx.so.10", "libvpx.so.8", "libvpx.so.6", "libvpx.so");

    /// <summary>
    /// Tries interface versions until the library takes one. Each release knows its own number alone and answers others
    /// with an error of its own, before it reads anything else.
    /// </summary>
    public static int InitEncoder(VpxContext context, nint codec, VpxEncoderConfiguration* configuration)
    {
        var result = AbiMismatch;
        for (var version = 20; version <= 60 && result == AbiMismatch; version++)
            result = InitEncoderVersion(context.Pointer, codec, configuration, 0, version);
        return result;
    }

    /// <inheritdoc cref="InitEncoder"/>
    public static int InitDecoder(VpxContext context, nint codec, VpxDecoderConfiguration* configuration)
    {
        var result = AbiMismatch;
        for (var version = 9; version <= 40 && result == AbiMismatch; version++)
            result = InitDecoderVersion(context.Pointer, codec, configuration, 0, version);
        return result;
    }

    /// <summary>Of the library that is loaded.</summary>
    public static string ReadVersion() => Marshal.PtrToStringUTF8(VersionText())!.TrimStart('v');

    [LibraryImport(Import, EntryPoint = "vpx_codec_version_str")]
    private static partial nint VersionText();

    [LibraryImport(Import, EntryPoint = "vpx_codec_vp8_cx")]
    public static partial nint Vp8Encoder();

    [LibraryImport(Import, EntryPoint = "vpx_codec_vp9_cx")]
    public static partial nint Vp9Encoder();

    [LibraryImport(Import, EntryPoint = "vpx_codec_vp8_dx")]
    public static partial nint Vp8Decoder();

    [LibraryImport(Import, EntryPoint = "vpx_codec_vp9_dx")]
    public static partial nint Vp9Decoder();

    [LibraryImport(Import, EntryPoint = "vpx_codec_enc_config_default")]
    public static partial int DefaultConfiguration(nint codec, void* configuration, uint usage);

    [LibraryImport(Import, EntryPoint = "vpx_codec_enc_config_set")]
    public static partial int SetConfiguration(void* context, void* configuration);

    [LibraryImport(Import, EntryPoint = "vpx_codec_encode")]
    public static partial int Encode(void* context, VpxImage* image, long time, nuint duration, nint flags, nuint deadline);

    [LibraryImport(Import, EntryPoint = "vpx_codec_get_cx_data")]
    public static partial VpxPacket* NextPacket(void* context, void** iterator);

    // Variadic in C; on the supported platforms an integer or pointer travels as in any other call.
    [LibraryImport(Import, EntryPoint = "vpx_codec_control_")]
    public static partial int Control(void* context, int control, nint value);

    [LibraryImport(Import, EntryPoint = "vpx_codec_decode")]
    public static partial int Decode(void* context, byte* data, uint length, void* user, nint deadline);

    [LibraryImport(Import, EntryPoint = "vpx_codec_get_frame")]
    public static partial VpxImage* NextFrame(void* context, void** iterator);

    [LibraryImport(Import, EntryPoint = "vpx_codec_destroy")]
    public static partial int Destroy(void* context);

    [LibraryImport(Import, EntryPoint = "vpx_codec_err_to_string")]
    public static partial nint ErrorText(int error);

    [LibraryImport(Import, EntryPoint = "vpx_codec_error_detail")]
    public static partial nint ErrorDetail(void* context);

    public static string Describe(int error, VpxContext context) =>
        $"{Marshal.PtrToStringUTF8(ErrorText(error))} {Marshal.PtrToStringUTF8(ErrorDetail(context.Pointer))}".TrimEnd();

    [LibraryImport(Import, EntryPoint = "vpx_codec_enc_init_ver")]
    private static partial int InitEncoderVersion(void* context, nint codec, void* configuration, nint flags, int version);

    [LibraryImport(Import, EntryPoint = "vpx_codec_dec_init_ver")]
    private static partial int InitDecoderVersion(void* context, nint codec, void* configuration, nint flags, int version);
}
