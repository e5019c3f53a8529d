using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveFace.Media.Sandbox.Native;

/// <summary>The system's calls that the sandbox is made of (Linux).</summary>
internal static unsafe partial class Posix
{
    public const int OpenReadWrite = 2;
    public const int OpenCloseOnExec = 0x80000;

    /// <summary>Only to name the file to the system.</summary>
    public const int OpenPath = 0x200000;

    public const int NotPermitted = 1;

    private const uint MemoryCloseOnExec = 1;
    private const uint MemoryAllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealItself = 1;
    private const int SealShrink = 2;
    private const int SealGrow = 4;
    private const int ReadWrite = 1 | 2;
    private const int Shared = 1;
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;
    private const uint CapabilityVersion3 = 0x20080522;

    /// <summary>Anonymous memory of a fixed size: nobody who holds it can cut it short under another's feet.</summary>
    public static SafeFileHandle CreateSealedMemory(string name, long bytes)
    {
        var file = new SafeFileHandle(MemoryCreate(name, MemoryCloseOnExec | MemoryAllowSealing), ownsHandle: true);
        if (!file.IsInvalid && Truncate(file, bytes) == 0 && Control(file, AddSeals, SealItself | SealShrink | SealGrow) == 0)
            return file;
        var error = Failure("shared memory cannot be made");
        file.Dispose();
        throw error;
    }

    /// <summary>Anonymous memory that grows as a file does, and that no program inherits.</summary>
    public static SafeFileHandle CreateMemory(string name)
    {
        var file = new SafeFileHandle(MemoryCreate(name, MemoryCloseOnExec), ownsHandle: true);
        return file.IsInvalid ? throw Failure("a file in memory cannot be made") : file;
    }

    public static SafeFileHandle OpenForBoth(string path)
    {
        var file = new SafeFileHandle(Open(path, OpenReadWrite | OpenCloseOnExec), ownsHandle: true);
        if (!file.IsInvalid)
            return file;
        var error = Failure("shared memory cannot be opened");
        file.Dispose();
        throw error;
    }

    public static byte* Map(SafeFileHandle file, long bytes)
    {
        var start = MapMemory(0, (nuint)bytes, ReadWrite, Shared, file, 0);
        return start == -1 ? throw Failure("shared memory cannot be mapped") : (byte*)start;
    }

    public static void Unmap(byte* start, long bytes) => _ = UnmapMemory((nint)start, (nuint)bytes);

    /// <summary>Neither this process nor what it executes gains rights by it; nor may others look into it.</summary>
    public static bool GiveUpPrivileges()
    {
        var header = stackalloc uint[] { CapabilityVersion3, 0 };
        var none = stackalloc uint[6];
        new Span<uint>(none, 6).Clear();
        return SetCapabilities(header, none) == 0
            && ProcessControl(SetNoNewPrivileges, 1, 0, 0, 0) == 0
            && ProcessControl(SetDumpable, 0, 0, 0, 0) == 0;
    }

    public static bool Limit(int resource, ulong most)
    {
        var limit = stackalloc ulong[] { most, most };
        return SetLimit(resource, limit) == 0;
    }

    public static IOException Failure(string what) =>
        new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, byte* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* buffer, nuint bytes);

    /// <summary>Ends the process at once, without anything that would run at its end.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    /// <summary>Becomes the program of this name on the search path; comes back only when it cannot.</summary>
    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true)]
    public static partial int Execute(byte* program, byte** arguments);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(SafeFileHandle file, long bytes);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint at, nuint bytes, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int UnmapMemory(nint at, nuint bytes);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int SetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, ulong* limit);
}
