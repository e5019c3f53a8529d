using System.Runtime.InteropServices;
using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// Becomes another program, confined to the files and the network that its work needs (<see cref="ToolConfinement"/>):
/// <code>
/// confined-tool required|preferred [network] [held FILE]… [most BYTES] [read FILE]… [write FILE]… -- TOOL [ARGUMENT]…
/// </code>
/// A held file belongs to the memory of whoever starts this, whom the tool can no longer reach: it is opened here, and where its name is in the
/// arguments the tool gets the name of what is open.
/// </summary>
public static unsafe class ConfinedTool
{
    /// <summary>The verb that a program runs this for.</summary>
    public const string Verb = "confined-tool";

    /// <summary>Before the tool: it is not started where anything of the confinement is missing.</summary>
    internal const string Required = "required";

    /// <summary>Before the tool: it is started with as much confinement as there is.</summary>
    internal const string Preferred = "preferred";

    /// <summary>The exit code of a tool that was not started because it cannot be confined.</summary>
    internal const int NotConfined = 125;

    /// <summary>The exit code where the tool is not there.</summary>
    internal const int NotFound = 127;

    private const int Misused = 126;

    /// <summary>Runs a tool. Comes back only when it cannot.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [(Required or Preferred) and var mode, .. var rest] || ToolAccess.Take(ref rest) is not { } access || rest.IsEmpty)
            return Misused;
        if (Find(rest[0]) is not { } tool)
        {
            Console.Error.WriteLine($"{rest[0]} is not installed. On Debian or Ubuntu: apt-get install {Path.GetFileName(rest[0])}.");
            return NotFound;
        }

        if (!TryHold(access.Held, ref rest))
        {
            Console.Error.WriteLine("a file in memory cannot be opened");
            return NotConfined;
        }

        var native = Native(rest);
        var program = (byte*)Marshal.StringToCoTaskMemUTF8(tool);
        // What is written with has to be there before files are not.
        var errors = Console.Error;
        errors.Flush();
        var problem = ToolConfinement.Apply(tool, access);
        if (problem is not null && mode == Required)
        {
            errors.WriteLine(problem);
            return NotConfined;
        }

        Posix.Execute(program, native);
        errors.WriteLine($"{tool} cannot be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        return NotFound;
    }

    /// <summary>Opens files so that the tool inherits them, and names them as it sees them.</summary>
    private static bool TryHold(IReadOnlyList<string> held, ref ReadOnlySpan<string> arguments)
    {
        if (held.Count == 0)
            return true;
        var named = arguments.ToArray();
        foreach (var path in held)
        {
            var file = Posix.Open(path, Posix.OpenReadWrite);
            if (file < 0)
                return false;
            for (var i = 0; i < named.Length; i++)
                if (named[i].EndsWith(path, StringComparison.Ordinal))
                    named[i] = string.Concat(named[i].AsSpan(0, named[i].Length - path.Length), $"/proc/self/fd/{file}");
        }

        arguments = named;
        return true;
    }

    /// <summary>The file of a program: this one, or the first of the search path.</summary>
    private static string? Find(string tool)
    {
        if (tool.Contains('/', StringComparison.Ordinal))
            return File.Exists(tool) ? Path.GetFullPath(tool) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
    }

    private static byte** Native(ReadOnlySpan<string> arguments)
    {
        var native = (byte**)NativeMemory.AllocZeroed((nuint)arguments.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < arguments.Length; i++)
            native[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        return native;
    }
}
