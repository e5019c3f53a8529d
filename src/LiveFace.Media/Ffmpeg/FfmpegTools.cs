namespace LiveFace.Media.Ffmpeg;

/// <summary>Where the tools are. Version 5.1 or later.</summary>
/// <param name="Ffmpeg">Path or name of ffmpeg.</param>
/// <param name="Ffprobe">Path or name of ffprobe.</param>
public sealed record FfmpegTools(string Ffmpeg = "ffmpeg", string Ffprobe = "ffprobe")
{
    /// <summary>What starts the tools confined; null starts them as they are.</summary>
    public ToolConfiner? Confiner { get; init; }

    /// <summary>The tools on the search path.</summary>
    public static FfmpegTools OnPath { get; } = new();

    /// <summary>The version of ffmpeg, as it says it itself.</summary>
    /// <exception cref="FfmpegException">It is not there, or does not run.</exception>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken = default)
    {
        await using var process = FfmpegProcess.Start(this, Ffmpeg, Sandbox.ToolAccess.None, ["-version"], takesInput: false);
        using var said = new StreamReader(process.Output, leaveOpen: true);
        var text = await said.ReadToEndAsync(cancellationToken);
        await process.WaitForSuccessAsync(cancellationToken);
        return text.Split(' ', 4) is ["ffmpeg", "version", var version, ..]
            ? version
            : throw process.Failure("does not say its version");
    }
}
