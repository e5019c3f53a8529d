using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveFace.Cluster;

/// <summary>
/// Time since the machine began, time asleep included: a machine that slept through its lease finds it over. Reading it takes no
/// allocation and, on Linux, no system call.
/// </summary>
public static unsafe partial class BootClock
{
    private const int BootTime = 7; // CLOCK_BOOTTIME

    /// <summary>Now, in nanoseconds.</summary>
    /// <exception cref="InvalidOperationException">The system has no such clock.</exception>
    public static long Now()
    {
        if (!OperatingSystem.IsLinux())
            return Stopwatch.GetElapsedTime(0).Ticks * TimeSpan.NanosecondsPerTick;
        long* time = stackalloc long[2];
        return clock_gettime(BootTime, time) == 0
            ? (time[0] * 1_000_000_000) + time[1]
            : throw new InvalidOperationException("This system has no clock that goes on while it sleeps.");
    }

#pragma warning disable SYSLIB1092 // The name is the system's.
    [LibraryImport("libc"), SuppressGCTransition]
    private static partial int clock_gettime(int clock, long* time);
#pragma warning restore SYSLIB1092
}
