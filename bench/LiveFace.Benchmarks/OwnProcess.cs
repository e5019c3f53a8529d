using System.Diagnostics;

namespace LiveFace.Benchmarks;

/// <summary>This program once more, for what has to be in a process of its own.</summary>
internal static class OwnProcess
{
    /// <summary>Starts it with these arguments; its input and output are the caller's.</summary>
    public static Process Start(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        // `dotnet run` starts the program itself; `dotnet LiveFace.Benchmarks.dll` is told its name.
        var isHost = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.Ordinal);
        return Process.Start(new ProcessStartInfo(program, isHost ? [typeof(OwnProcess).Assembly.Location, .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}
