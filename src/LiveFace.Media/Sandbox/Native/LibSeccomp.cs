using System.Runtime.InteropServices;
using LiveFace.Media.Native;

namespace LiveFace.Media.Sandbox.Native;

/// <summary>libseccomp, as far as it is used: it knows the numbers of system calls on each processor.</summary>
internal static partial class LibSeccomp
{
    public const uint KillProcess = 0x8000_0000;
    public const uint Allow = 0x7FFF_0000;
    public const int BadArchitecture = 2;
    public const int AllThreads = 4;

    private const uint ErrorNumber = 0x0005_0000;
    private const string Library = "seccomp";

    static LibSeccomp() => NativeLibraries.Declare(typeof(LibSeccomp).Assembly, Name);

    public static NativeLibraryName Name { get; } = new(Library, "libseccomp2", "libseccomp.so.2");

    /// <summary>The call is not made, and its caller gets this error.</summary>
    public static uint Refuse(int error) => ErrorNumber | (uint)error;

    [LibraryImport(Library, EntryPoint = "seccomp_init")]
    public static partial nint New(uint otherwise);

    [LibraryImport(Library, EntryPoint = "seccomp_release")]
    public static partial void Release(nint filter);

    [LibraryImport(Library, EntryPoint = "seccomp_attr_set")]
    public static partial int Set(nint filter, int attribute, uint value);

    /// <summary>Negative for a name that this processor does not have.</summary>
    [LibraryImport(Library, EntryPoint = "seccomp_syscall_resolve_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Number(string name);

    [LibraryImport(Library, EntryPoint = "seccomp_rule_add_array")]
    public static unsafe partial int Add(nint filter, uint action, int number, uint conditions, SeccompCondition* array);

    [LibraryImport(Library, EntryPoint = "seccomp_load")]
    public static partial int Load(nint filter);
}

/// <summary>What an argument has to be, as <c>struct scmp_arg_cmp</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SeccompCondition
{
    public const int Equal = 4;

    /// <summary>The bits of <see cref="Value"/> are those of <see cref="SecondValue"/>.</summary>
    public const int MaskedEqual = 7;

    public uint Argument;
    public int Comparison;
    public ulong Value;
    public ulong SecondValue;
}
