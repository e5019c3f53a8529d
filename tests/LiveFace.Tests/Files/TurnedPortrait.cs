using System.Diagnostics;

namespace LiveFace.Tests.Files;

/// <summary>The portrait as a phone that is held upright writes it: its pixels lie on their side, and a tag says how to turn them.</summary>
internal static class TurnedPortrait
{
    // TIFF, little-endian: one entry, orientation (0x0112) 6, "turn it clockwise".
    private static readonly byte[] Tag =
    [
        .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
    ];

    public static async Task<byte[]> MakeAsync(string folder, CancellationToken cancel)
    {
        var lying = Path.Combine(folder, "lying.jpg");
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", Portrait.Path, "-vf", "transpose=cclock", "-q:v", "2", lying]))!;
        await ffmpeg.WaitForExitAsync(cancel);
        ffmpeg.ExitCode.ShouldBe(0);
        var file = await File.ReadAllBytesAsync(lying, cancel);
        return [.. file[..2], 0xFF, 0xE1, (byte)((Tag.Length + 2) >> 8), (byte)(Tag.Length + 2), .. Tag, .. file[2..]];
    }
}
