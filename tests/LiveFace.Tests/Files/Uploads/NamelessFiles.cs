using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFace.Features.Files.Uploads;
using LiveFace.Http;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Files.Uploads;

/// <summary>Files that a process holds open and no folder names.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class NamelessFiles
{
    /// <summary>How long this process' open files of a folder are that have no name there any more.</summary>
    public static List<long> LengthsIn(string folder) =>
        [.. Directory.GetFiles("/proc/self/fd").Select(handle => LengthOfNameless(handle, folder)).OfType<long>()];

    public static long? LengthOfNameless(string handle, string folder)
    {
        if (!IsNameless(handle, folder))
            return null;
        try
        {
            using var file = File.OpenHandle(handle, share: FileShare.ReadWrite | FileShare.Delete);
            // What the number stood for may have been closed, and something else opened, since.
            if (!IsNameless($"/proc/self/fd/{file.DangerousGetHandle()}", folder))
                return null;
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return RandomAccess.GetLength(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static bool IsNameless(string handle, string folder) =>
        new FileInfo(handle).LinkTarget is { } target && target.StartsWith(folder, StringComparison.Ordinal) && target.EndsWith(" (deleted)", StringComparison.Ordinal);
}
