using System.Runtime.InteropServices;
using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// Becomes another program, under limits and a filter of system calls that it cannot leave: files and threads, memory and
/// time, the network where it is asked for, and nothing else of the system.
/// </summary>
public static unsafe class ConfinedTool
{
    /// <summary>The verb that a program runs this for.</summary>
    public const string Verb = "confined-tool";

    /// <summary>Before the tool's name: its job needs the network.</summary>
    public const string Network = "network";

    /// <summary>Before the tool's name: its job needs files alone.</summary>
    public const string Files = "files";

    private const int Misused = 126;
    private const int NotFound = 127;

    /// <summary>Runs a tool; the arguments are what it needs, its name, and its own. Comes back only when it cannot.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [Network or Files, _, ..])
            return Misused;
        var tool = arguments[1..];
        var native = (byte**)NativeMemory.AllocZeroed((nuint)tool.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < tool.Length; i++)
            native[i] = (byte*)Marshal.StringToCoTaskMemUTF8(tool[i]);
        var problem = Confinement.GiveUpPrivileges() ? Confinement.ApplyToTool(arguments[0] == Network) : "privileges cannot be given up";
        if (problem is not null)
            Console.Error.WriteLine($"{tool[0]} runs without its confinement: {problem}");
        Posix.Execute(native[0], native);
        Console.Error.WriteLine($"{tool[0]} cannot be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        return NotFound;
    }
}
