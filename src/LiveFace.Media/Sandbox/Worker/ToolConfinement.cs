using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// Takes from this thread, and from the tool that it is about to become, what the tool's work does not need, for good: rights,
/// all files but those of the work, other processes, the network where the work needs none. A system call that is not on the
/// list fails.
/// </summary>
internal static class ToolConfinement
{
    private const int LimitFileSize = 1;
    private const int LimitData = 2;
    private const int LimitCore = 4;
    private const int NoSuchCall = 38;
    private const ulong NewThread = 0x10000;

    /// <summary>More than FFmpeg takes for pictures of the largest size on many processors.</summary>
    private const ulong MostMemory = 8UL << 30;

    /// <summary>Where systems keep libraries, what loads them, and what they need of the machine.</summary>
    private static readonly string[] Libraries = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store"];

    private static readonly string[] Machine =
        ["/etc/ld.so.cache", "/etc/ld.so.preload", "/dev/urandom", "/dev/random", "/sys/devices/system/cpu"];

    /// <summary>By which names become addresses and certificates are checked.</summary>
    private static readonly string[] NetworkFiles =
    [
        "/etc/resolv.conf", "/run/systemd/resolve", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
        "/etc/services", "/etc/protocols", "/etc/ssl", "/etc/pki", "/etc/gnutls", "/etc/crypto-policies", "/usr/share/ca-certificates",
    ];

    /// <summary>Files, threads, and to become the tool; a decoder in the server's worker needs none of them.</summary>
    private static readonly string[] Allowed =
    [
        "execve", "open", "openat", "access", "faccessat", "faccessat2", "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs",
        "readlink", "readlinkat", "lseek", "pread64", "pwrite64", "readv", "writev", "fcntl", "ioctl", "getcwd", "uname", "sysinfo",
        "prlimit64", "getrlimit", "sched_setaffinity", "sched_getparam", "sched_getscheduler", "set_robust_list", "set_tid_address",
        "arch_prctl", "mincore", "mlock", "munlock", "get_mempolicy", "set_mempolicy", "mbind", "getuid", "geteuid", "getgid", "getegid",
        "getppid", "getpgrp", "getpgid", "pipe", "pipe2", "dup", "dup2", "dup3", "eventfd2", "epoll_create1", "epoll_ctl", "epoll_wait",
        "epoll_pwait", "select", "pselect6", "ftruncate", "fallocate", "fsync", "fdatasync", "fadvise64", "times", "getpriority",
    ];

    /// <summary>To reach others; nobody is listened for.</summary>
    private static readonly string[] AllowedWithNetwork =
    [
        "connect", "bind", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "shutdown",
        "setsockopt", "getsockopt", "getsockname", "getpeername",
    ];

    /// <summary>IPv4, IPv6, and netlink, by which addresses are looked up. Local sockets lead to other programs of the machine.</summary>
    private static readonly ulong[] SocketFamilies = [2, 10, 16];

    /// <summary>All that can be had is in force afterwards; null when that is everything, else what is not, and why.</summary>
    public static string? Apply(string tool, ToolAccess access)
    {
        if (!Posix.GiveUpPrivileges())
            return "privileges cannot be given up";
        var limits = Posix.Limit(LimitCore, 0) && Posix.Limit(LimitData, MostMemory) && (access.Most is not { } most || Posix.Limit(LimitFileSize, (ulong)most)) ? null : "limits cannot be set";
        var rules = FilesOf(tool, access);
        string? files = null;
        var calls = SystemCallFilter.Apply(LibSeccomp.Refuse(Posix.NotPermitted), filter =>
        {
            filter.Allow(Confinement.Always);
            filter.Allow(Allowed);
            // The C library then uses the older call, whose arguments can be looked at: threads, and no processes.
            filter.Refuse(NoSuchCall, "clone3");
            filter.AllowWithBits("clone", NewThread);
            filter.AllowWith("tgkill", (ulong)Environment.ProcessId);
            if (!access.Network)
                return;
            filter.Allow(AllowedWithNetwork);
            foreach (var family in SocketFamilies)
                filter.AllowWith("socket", family);
        },
        // The filter would forbid it afterwards, and without files the runtime can make no filter any more.
        before: () => files = Landlock.Restrict(rules, access.Network));
        var missing = string.Join("; ", new[] { limits, files, calls }.Where(problem => problem is not null));
        return missing.Length == 0 ? null : missing;
    }

    private static FileRules FilesOf(string tool, ToolAccess access)
    {
        var added = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new FileRules(
            [tool, .. Libraries, .. added], [.. Machine, .. access.Network ? NetworkFiles : [], .. access.Reads], access.Writes);
    }
}
