using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Native;

/// <summary>Finds OpenSSL 3 under the names that systems give it.</summary>
internal static class OpenSslLibrary
{
    public const string Ssl = "ssl";
    public const string Crypto = "crypto";

    static readonly string[] SslNames = ["libssl.so.3", "libssl.3.dylib", "libssl-3-x64.dll"];
    static readonly string[] CryptoNames = ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll"];

#pragma warning disable CA2255 // An import can only be resolved by a handler that is there before its first use.
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(OpenSslLibrary).Assembly, Resolve);
#pragma warning restore CA2255

    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var names = name switch
        {
            Ssl => SslNames,
            Crypto => CryptoNames,
            _ => null,
        };
        if (names is null)
            return 0;

        foreach (var candidate in names)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }

        throw new DllNotFoundException(
            $"OpenSSL 3 was not found (tried {string.Join(", ", names)}). On Debian and Ubuntu: apt-get install libssl3.");
    }
}
