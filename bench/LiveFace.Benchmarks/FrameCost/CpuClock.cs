using System.Runtime.InteropServices;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>Clocks that run only while this process, or this thread, does: what they read stands on a busy machine.</summary>
internal static partial class CpuClock
{
    private const int ProcessCpuTime = 2;
    private const int ThreadCpuTime = 3;

    /// <summary>Milliseconds that all threads of this process have run.</summary>
    public static double Process => Read(ProcessCpuTime);

    /// <summary>Milliseconds that this thread has run.</summary>
    public static double Thread => Read(ThreadCpuTime);

    private static double Read(int clock)
    {
        _ = ClockGetTime(clock, out var time);
        return time.Seconds * 1e3 + time.Nanoseconds / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
