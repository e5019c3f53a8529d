using System.Globalization;
using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// Takes from this process what a decoder does not need, for good: rights, new memory beyond a bound, files, sockets,
/// processes. After it, a system call that is not on the list ends the process.
/// </summary>
internal static unsafe class Confinement
{
    private const int LimitFileSize = 1;
    private const int LimitCore = 4;
    private const int LimitFiles = 7;
    private const int LimitMemory = 9;
    private const ulong MostFiles = 64;

    /// <summary>What decoding may take beyond what the process has at its start.</summary>
    private const ulong MostMemory = 1UL << 30;

    /// <summary>Memory, waiting, time, and what is left of talking to the server.</summary>
    private static readonly string[] Allowed =
    [
        "futex", "mmap", "munmap", "mprotect", "madvise", "mremap", "brk", "membarrier",
        "rt_sigreturn", "rt_sigprocmask", "rt_sigaction", "sigaltstack", "restart_syscall", "rseq",
        "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "sched_yield", "sched_getaffinity", "getcpu",
        "getpid", "gettid", "getrusage", "getrandom", "exit", "exit_group", "read", "write", "close", "poll", "ppoll",
    ];

    /// <summary>What the runtime may try by itself, and does without.</summary>
    private static readonly string[] Refused =
    [
        "open", "openat", "access", "faccessat", "faccessat2", "stat", "lstat", "fstat", "newfstatat", "statx", "readlink", "readlinkat",
        "lseek", "pread64", "fcntl", "ioctl", "getcwd", "uname", "sysinfo", "prlimit64", "getrlimit", "prctl", "sched_setaffinity",
        "clone", "clone3", "set_robust_list", "mlock", "munlock", "mincore", "get_mempolicy", "getuid", "geteuid", "getgid", "getegid",
    ];

    /// <summary>Gives up rights. The threads made afterwards never have them.</summary>
    public static bool GiveUpPrivileges() => Posix.GiveUpPrivileges();

    /// <summary>Null when all of it is in force; else what is not, and why.</summary>
    public static string? Apply()
    {
        if (!Posix.Limit(LimitCore, 0) || !Posix.Limit(LimitFileSize, 0) || !Posix.Limit(LimitFiles, MostFiles)
            || !Posix.Limit(LimitMemory, MemoryNow() + MostMemory))
            return "limits cannot be set";
        try
        {
            return Filter();
        }
        catch (DllNotFoundException missing)
        {
            return missing.Message;
        }
    }

    private static string? Filter()
    {
        var filter = LibSeccomp.New(LibSeccomp.KillProcess);
        try
        {
            var made = LibSeccomp.Set(filter, LibSeccomp.AllThreads, 1) == 0
                && LibSeccomp.Set(filter, LibSeccomp.BadArchitecture, LibSeccomp.KillProcess) == 0
                && AddForItself(filter, "tgkill")
                && Allowed.All(name => Add(filter, LibSeccomp.Allow, name))
                && Refused.All(name => Add(filter, LibSeccomp.Refuse(Posix.NotPermitted), name));
            if (!made)
                return "the filter of system calls cannot be made";
            var error = LibSeccomp.Load(filter);
            return error == 0 ? null : $"the system takes no filter of system calls (error {-error})";
        }
        finally
        {
            LibSeccomp.Release(filter);
        }
    }

    private static bool Add(nint filter, uint action, string name)
    {
        // Not every processor has every one.
        var number = LibSeccomp.Number(name);
        return number < 0 || LibSeccomp.Add(filter, action, number, 0, null) == 0;
    }

    /// <summary>Allows a call whose first argument is this process: the runtime signals its own threads and nobody else's.</summary>
    private static bool AddForItself(nint filter, string name)
    {
        var itself = new SeccompCondition
        {
            Argument = 0, Comparison = SeccompCondition.Equal, Value = (ulong)Environment.ProcessId,
        };
        return LibSeccomp.Add(filter, LibSeccomp.Allow, LibSeccomp.Number(name), 1, &itself) == 0;
    }

    /// <summary>Bytes of address space that are taken (proc(5), statm).</summary>
    private static ulong MemoryNow()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }
}
