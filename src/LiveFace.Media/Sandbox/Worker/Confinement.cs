using System.Globalization;
using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// Takes from this process what a decoder does not need, for good: rights, new memory beyond a bound, files, sockets,
/// processes. After it, a system call that is not on the list ends the process.
/// </summary>
internal static class Confinement
{
    private const int LimitFileSize = 1;
    private const int LimitCore = 4;
    private const int LimitFiles = 7;
    private const int LimitMemory = 9;
    private const ulong MostFiles = 64;

    /// <summary>What decoding may take beyond what the process has at its start.</summary>
    private const ulong MostMemory = 1UL << 30;

    /// <summary>Memory, waiting, time, and what is left of talking to the server.</summary>
    public static IEnumerable<string> Always { get; } =
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
        return SystemCallFilter.Apply(LibSeccomp.KillProcess, filter =>
        {
            filter.Allow(Always);
            // The runtime signals its own threads and nobody else's.
            filter.AllowWith("tgkill", (ulong)Environment.ProcessId);
            filter.Refuse(Posix.NotPermitted, Refused);
        });
    }

    /// <summary>Bytes of address space that are taken (proc(5), statm).</summary>
    private static ulong MemoryNow()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }
}
