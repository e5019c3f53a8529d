using System.Diagnostics;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>
/// Clips that Chromium plays in a loop as its camera, made once by FFmpeg. The portrait is astronaut.png of Debian's
/// python3-skimage: NASA's picture of Eileen Collins, in the public domain.
/// </summary>
internal static class FakeCamera
{
    /// <summary>
    /// The portrait in the middle of a 640×480 picture, swaying a little so that it is not a still. The face fills
    /// about <see cref="Face"/>.
    /// </summary>
    public static Task<string> SwayingPortraitAsync() => MakeAsync("swaying",
        "[0:v]crop=300:300:74:0,scale=320:320[f];[1:v][f]overlay=x='160+6*sin(2*PI*t/2)':y=80:eval=frame,format=yuv420p");

    /// <summary>Where the swaying portrait's face is at every time, in parts of the picture: eyes to mouth.</summary>
    public static (double X, double Y, double Width, double Height) Face => (0.47, 0.30, 0.12, 0.22);

    private static async Task<string> MakeAsync(string name, string filter)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "clips")).FullName;
        var path = Path.Combine(folder, name + ".y4m");
        if (File.Exists(path))
            return path;
        var part = Path.Combine(folder, $"{name}.{Environment.ProcessId}.y4m");
        using var ffmpeg = Process.Start("ffmpeg",
        [
            "-v", "error", "-y", "-loop", "1", "-framerate", "30", "-i", Portrait.Path,
            "-f", "lavfi", "-i", "color=c=0x4a6b82:s=640x480:r=30",
            "-filter_complex", filter, "-t", "2", part,
        ]);
        await ffmpeg.WaitForExitAsync();
        ffmpeg.ExitCode.ShouldBe(0, "ffmpeg makes the clip that the fake camera plays");
        File.Move(part, path, overwrite: true);
        return path;
    }
}
