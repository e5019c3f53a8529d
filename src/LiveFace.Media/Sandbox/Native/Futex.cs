using System.Runtime.InteropServices;

namespace LiveFace.Media.Sandbox.Native;

/// <summary>Waiting for a number in memory that two processes share (futex(2)).</summary>
internal static unsafe class Futex
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>Waits while the number is what it was; comes back early for all kinds of reasons.</summary>
    public static void Wait(int* number, int was, TimeSpan limit)
    {
        var time = stackalloc long[] { (long)limit.TotalSeconds, limit.Ticks % TimeSpan.TicksPerSecond * 100 };
        _ = Posix.SystemCall(Number, (nint)number, WaitOperation, was, (nint)time, 0, 0);
    }

    public static void Wake(int* number) => _ = Posix.SystemCall(Number, (nint)number, WakeOperation, int.MaxValue, 0, 0, 0);
}
