using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LiveFace.Media.Native;

/// <summary>
/// Finds native libraries under the names that different distributions ship them by. A binding declares its library
/// once, from its static constructor, and imports from the short name.
/// </summary>
public static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, NativeLibraryName> Declared = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, nint> Loaded = new(StringComparer.Ordinal);
    private static readonly HashSet<Assembly> Assemblies = [];

    /// <summary>Tells where the imports of an assembly from <c>library.Import</c> are to be found.</summary>
    public static void Declare(Assembly assembly, NativeLibraryName library)
    {
        Declared[library.Import] = library;
        // Whoever declares a second library at the same moment must not go on before the resolver is set.
        lock (Assemblies)
            if (Assemblies.Add(assembly))
                NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => Resolve(name));
    }

    /// <summary>Whether a library can be loaded, so that a caller can say so before it is needed.</summary>
    internal static bool IsPresent(NativeLibraryName library)
    {
        Declared[library.Import] = library;
        return TryLoad(library, out _);
    }

    private static nint Resolve(string import)
    {
        // Zero lets the runtime look for names that nobody declared.
        if (!Declared.TryGetValue(import, out var library))
            return 0;
        return TryLoad(library, out var handle) ? handle : throw new DllNotFoundException(
            $"{library.Files[0]} is not installed. On Debian or Ubuntu: apt-get install {library.DebianPackage} " +
            $"(tried {string.Join(", ", library.Files)}).");
    }

    private static bool TryLoad(NativeLibraryName library, out nint handle)
    {
        if (Loaded.TryGetValue(library.Import, out handle))
            return true;
        foreach (var file in library.Files)
        {
            if (!NativeLibrary.TryLoad(file, out handle))
                continue;
            Loaded[library.Import] = handle;
            return true;
        }

        return false;
    }
}
