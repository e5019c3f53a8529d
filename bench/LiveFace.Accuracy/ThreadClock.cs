using System.Runtime.InteropServices;

namespace LiveFace.Accuracy;

/// <summary>
/// A clock that runs only while this thread does, so that figures stand on a machine that has other work as well.
/// </summary>
internal sealed partial class ThreadClock : TimeProvider
{
    private const int ThreadCpuTime = 3;

    public static readonly ThreadClock Instance = new();

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp()
    {
        _ = ClockGetTime(ThreadCpuTime, out var time);
        return time.Seconds * 1_000_000_000 + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
