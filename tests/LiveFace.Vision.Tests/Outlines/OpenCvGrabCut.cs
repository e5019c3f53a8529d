using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LiveFace.Vision.Tests.Outlines;

/// <summary>OpenCV's grabCut on the whole of a scene's picture, by python3-opencv.</summary>
internal static class OpenCvGrabCut
{
    public static async Task<bool[]> RunAsync(OutlineScene scene, CancellationToken cancel)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.ppm");
        try
        {
            var (picture, box) = (scene.Picture, scene.Box);
            await File.WriteAllBytesAsync(file, [.. Encoding.ASCII.GetBytes($"P6\n{picture.Width} {picture.Height}\n255\n"), .. picture.Rgb], cancel);
            int[] rect = [(int)box.Left, (int)box.Top, (int)MathF.Ceiling(box.Width), (int)MathF.Ceiling(box.Height)];
            using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3",
                [Path.Combine(AppContext.BaseDirectory, "Outlines", "grabcut.py"), file, .. rect.Select(side => side.ToString(CultureInfo.InvariantCulture))])
            {
                UseShellExecute = false, RedirectStandardOutput = true,
            })!;
            using var mask = new MemoryStream();
            await python.StandardOutput.BaseStream.CopyToAsync(mask, cancel);
            await python.WaitForExitAsync(cancel);
            mask.Length.ShouldBe(picture.Width * picture.Height);
            return [.. mask.ToArray().Select(inside => inside != 0)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
