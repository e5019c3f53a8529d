using System.Diagnostics;

namespace LiveFace.Media.Sandbox;

/// <summary>How a worker is started: a program, and what stands before the arguments that the server adds.</summary>
public sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The verb that a program runs <see cref="Worker.DecodeWorker"/> for.</summary>
    public const string Verb = "decode-worker";

    /// <summary>The worker as a program of its own that was compiled ahead of time, where `make decoder` made one.</summary>
    public const string Native = "liveface-decoder";

    /// <summary>The native worker beside what runs now; without one, the program of this name.</summary>
    public static WorkerCommand Beside(string name) => In(AppContext.BaseDirectory, name);

    internal static WorkerCommand In(string folder, string name)
    {
        var native = Path.Combine(folder, Native);
        return File.Exists(native) ? new WorkerCommand(native, []) : new WorkerCommand(Path.Combine(folder, name), [Verb]);
    }

    /// <summary>Starts it with the memory that it shares with the server, and without the server's environment.</summary>
    internal ProcessStartInfo StartInfo(string memory)
    {
        var start = new ProcessStartInfo(Program, [.. Arguments, memory])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var environment = start.Environment;
        ChildEnvironment.Reduce(environment);

        // After the filter is in force no thread can be made and no file be read, so nothing may be left for later.
        environment["DOTNET_TieredCompilation"] = "0";
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x8000000";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_EnableWriteXorExecute"] = "0";
        environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return start;
    }
}
