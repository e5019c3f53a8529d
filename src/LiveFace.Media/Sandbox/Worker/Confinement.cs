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

    /// <summary>What a tool needs beyond what a decoder does: files, threads, and to become that tool.</summary>
    private static readonly string[] AllowedToTools =
    [
        "execve", "open", "openat", "access", "faccessat", "faccessat2", "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs",
        "readlink", "readlinkat", "lseek", "pread64", "pwrite64", "readv", "writev", "fcntl", "ioctl", "getcwd", "uname", "sysinfo",
        "prlimit64", "getrlimit", "sched_setaffinity", "sched_getparam", "sched_getscheduler", "set_robust_list", "set_tid_address",
        "arch_prctl", "mincore", "mlock", "munlock", "get_mempolicy", "set_mempolicy", "mbind", "getuid", "geteuid", "getgid", "getegid", "getppid", "getpgrp", "getpgid",
        "clone", "pipe", "pipe2", "dup", "dup2", "dup3", "eventfd2", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
        "select", "pselect6", "getdents64", "ftruncate", "fallocate", "fsync", "fdatasync", "fadvise64", "rename", "renameat", "renameat2",
        "unlink", "unlinkat", "umask", "chmod", "fchmod", "times", "getpriority", "setpriority", "clock_getres",
    ];

    private static readonly string[] AllowedWithNetwork =
    [
        "connect", "bind", "listen", "accept4", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "shutdown",
        "setsockopt", "getsockopt", "getsockname", "getpeername",
    ];

    /// <summary>Local, IPv4, IPv6, and the one by which addresses are looked up.</summary>
    private static readonly ulong[] SocketFamilies = [1, 2, 10, 16];

    /// <summary>The system has no such call: the C library then uses the older one.</summary>
    private const int NoSuchCall = 38;

    /// <summary>Gives up rights. The threads made afterwards never have them.</summary>
    public static bool GiveUpPrivileges() => Posix.GiveUpPrivileges();

    /// <summary>Null when all of it is in force; else what is not, and why.</summary>
    public static string? Apply()
    {
        if (!Posix.Limit(LimitCore, 0) || !Posix.Limit(LimitFileSize, 0) || !Posix.Limit(LimitFiles, MostFiles)
            || !Posix.Limit(LimitMemory, MemoryNow() + MostMemory))
            return "limits cannot be set";
        return Filter(LibSeccomp.KillProcess, filter =>
            Refused.All(name => Add(filter, LibSeccomp.Refuse(Posix.NotPermitted), name)));
    }

    /// <summary>The same for a tool that this process is about to become. Null when all of it is in force.</summary>
    public static string? ApplyToTool(bool network)
    {
        if (!Posix.Limit(LimitCore, 0))
            return "limits cannot be set";
        return Filter(LibSeccomp.Refuse(Posix.NotPermitted), filter =>
            AllowedToTools.Except(Allowed).All(name => Add(filter, LibSeccomp.Allow, name))
            && Add(filter, LibSeccomp.Refuse(NoSuchCall), "clone3")
            && (!network || (AllowedWithNetwork.All(name => Add(filter, LibSeccomp.Allow, name))
                && SocketFamilies.All(family => AddWith(filter, "socket", family)))));
    }

    private static string? Filter(uint otherwise, Func<nint, bool> addMore)
    {
        try
        {
            return Load(otherwise, addMore);
        }
        catch (DllNotFoundException missing)
        {
            return missing.Message;
        }
    }

    private static string? Load(uint otherwise, Func<nint, bool> addMore)
    {
        var filter = LibSeccomp.New(otherwise);
        try
        {
            var made = LibSeccomp.Set(filter, LibSeccomp.AllThreads, 1) == 0
                && LibSeccomp.Set(filter, LibSeccomp.BadArchitecture, LibSeccomp.KillProcess) == 0
                // The runtime signals its own threads and nobody else's.
                && AddWith(filter, "tgkill", (ulong)Environment.ProcessId)
                && Allowed.All(name => Add(filter, LibSeccomp.Allow, name))
                && addMore(filter);
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

    /// <summary>Allows a call whose first argument is this.</summary>
    private static bool AddWith(nint filter, string name, ulong first)
    {
        var condition = new SeccompCondition { Argument = 0, Comparison = SeccompCondition.Equal, Value = first };
        return LibSeccomp.Add(filter, LibSeccomp.Allow, LibSeccomp.Number(name), 1, &condition) == 0;
    }

    /// <summary>Bytes of address space that are taken (proc(5), statm).</summary>
    private static ulong MemoryNow()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }
}
