using System.Runtime.CompilerServices;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Sandbox.Native;
using LiveFace.Media.Sandbox.Worker;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>
/// This program as a worker: told by its arguments it is one as the server starts it, or one that a stranger's bytes have
/// taken over, which confines itself as every worker does and then does what it should not be able to.
/// </summary>
internal static unsafe class WorkerProgram
{
    /// <summary>The variable by which `make test-decoder` has the native worker tested in this program's place.</summary>
    private const string NativeVariable = "LIVEFACE_DECODER";

    private static readonly WorkerCommand Here = WorkerCommand.Beside("LiveFace.Media.Tests");

    public static WorkerCommand Honest { get; } = Environment.GetEnvironmentVariable(NativeVariable) is { Length: > 0 } native ? new(native, []) : Here;

    public static ToolConfiner Confiner { get; } = ToolConfiner.For(SandboxMode.Required, "LiveFace.Media.Tests")!;

    public static WorkerCommand Hostile(string attempt) => new(Here.Program, ["hostile-worker", attempt]);

#pragma warning disable CA2255 // It is a program here and not a library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        var arguments = Environment.GetCommandLineArgs();
        if (arguments is [_, WorkerCommand.Verb, .. var rest])
            Environment.Exit(DecodeWorker.Run(rest));
        if (arguments is [_, ConfinedTool.Verb, .. var tool])
            Environment.Exit(ConfinedTool.Run(tool));
        if (arguments is [_, "hostile-worker", var attempt, var memory])
            Attempt(attempt, memory);
    }

    private static void Attempt(string attempt, string memory)
    {
        var area = WorkerArea.Open(memory);
        Confinement.GiveUpPrivileges();
        Say(Confinement.Apply() ?? "confined");
        var control = area.Control;
        while (Volatile.Read(ref control->Request) == 0)
            Futex.Wait(&control->Request, 0, TimeSpan.FromSeconds(1));
        control->Result = new WorkerResult(Do(attempt)) { Width = 1 << 20, Height = 1 << 20 };
        Volatile.Write(ref control->Response, 1);
        Futex.Wake(&control->Response);
        while (true)
            Futex.Wait(&control->Request, 1, TimeSpan.FromSeconds(10));
    }

    private static int Do(string attempt)
    {
        switch (attempt)
        {
            case "file":
                return Posix.Open("/etc/passwd", 0);
            case "socket":
                return (int)Posix.SystemCall(41, 2, 1, 0, 0, 0, 0);
            case "exec":
                return (int)Posix.SystemCall(59, 0, 0, 0, 0, 0, 0);
            case "ptrace":
                return (int)Posix.SystemCall(101, 0, 0, 0, 0, 0, 0);
            case "kill":
                return (int)Posix.SystemCall(62, 1, 0, 0, 0, 0, 0);
            case "memory":
                for (var i = 0; i < 64; i++)
                    System.Runtime.InteropServices.NativeMemory.Clear(System.Runtime.InteropServices.NativeMemory.Alloc(64 << 20), 64 << 20);
                return 0;
            case "hang":
                while (true)
                    Futex.Wait((int*)0, 0, TimeSpan.FromSeconds(1));
            case "lie":
                return 0;
            default:
                return -2;
        }
    }

    private static void Say(string line)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* start = bytes)
            _ = Posix.Write(1, start, (nuint)bytes.Length);
    }
}
