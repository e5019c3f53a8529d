using System.Runtime.InteropServices;

namespace LiveFace.Media.Native;

/// <summary>
/// How much a thread gives way to others. The runtime's own thread priorities do nothing on Linux; the system's niceness is a
/// thread's there, whatever POSIX says (setpriority(2)).
/// </summary>
public static partial class ThreadNiceness
{
    private const int OfThread = 0;
    private const int Nicest = 19;

    /// <summary>The calling thread's, from -20 to 19.</summary>
    public static int Current => OperatingSystem.IsLinux() ? Get(OfThread, 0) : 0;

    /// <summary>Makes the calling thread give way to those that are not. There is no way back without privileges.</summary>
    public static void Add(int more)
    {
        if (OperatingSystem.IsLinux())
            _ = Set(OfThread, 0, Math.Min(Nicest, Current + more));
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int Get(int which, uint who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int Set(int which, uint who, int niceness);
}
