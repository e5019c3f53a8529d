using LiveFace.Media.Sandbox;

namespace LiveFace.Media.Ffmpeg;

/// <summary>Where the tools are. Version 5.1 or later.</summary>
/// <param name="Ffmpeg">Path or name of ffmpeg.</param>
/// <param name="Ffprobe">Path or name of ffprobe.</param>
public sealed record FfmpegTools(string Ffmpeg = "ffmpeg", string Ffprobe = "ffprobe")
{
    /// <summary>What starts the tools under limits and a filter of system calls; null starts them as they are.</summary>
    public WorkerCommand? Confiner { get; init; }

    /// <summary>The tools on the search path.</summary>
    public static FfmpegTools OnPath { get; } = new();
}
