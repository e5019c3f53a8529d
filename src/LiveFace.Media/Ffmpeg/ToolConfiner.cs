using LiveFace.Media.Sandbox;
using LiveFace.Media.Sandbox.Worker;

namespace LiveFace.Media.Ffmpeg;

/// <summary>What starts FFmpeg's tools with no more of the machine than their work needs; see <see cref="ConfinedTool"/>.</summary>
/// <param name="Command">The program that confines itself and becomes the tool.</param>
/// <param name="IsRequired">Whether a tool that cannot be confined wholly is not started at all.</param>
public sealed record ToolConfiner(WorkerCommand Command, bool IsRequired)
{
    /// <summary>The program of this name beside what runs now; null where the mode asks for no confinement.</summary>
    public static ToolConfiner? For(SandboxMode mode, string program) => mode == SandboxMode.Off ? null : new(
        new WorkerCommand(Path.Combine(AppContext.BaseDirectory, program), [ConfinedTool.Verb]), mode == SandboxMode.Required);

    /// <summary>What the system keeps from confining tools; null when nothing is missing.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken = default)
    {
        // A tool that does nothing, and is on every system that has any.
        var strict = this with { IsRequired = true };
        await using var process = FfmpegProcess.Start(new FfmpegTools { Confiner = strict }, "true", ToolAccess.None, [], takesInput: false);
        return await process.WaitAsync(cancellationToken) == 0 ? null : process.Said;
    }

    internal IEnumerable<string> Arguments(ToolAccess access) =>
        [.. Command.Arguments, IsRequired ? ConfinedTool.Required : ConfinedTool.Preferred, .. access.ToArguments()];
}
