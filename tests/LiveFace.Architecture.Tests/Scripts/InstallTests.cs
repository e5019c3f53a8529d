using System.Diagnostics;

namespace LiveFace.Architecture.Tests.Scripts;

/// <summary><c>scripts/install.sh</c> with programs of the test's own in place of the system's.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-install-").FullName;

    public InstallTests()
    {
        // Nothing is installed, everything can be.
        Program("dpkg-query", "exit 1");
        Program("apt-cache", "exit 0");
        Program("sudo", "exec \"$@\"");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_lock_of_apt_is_named_and_waited_for()
    {
        Program("apt-get", """
            count=$(cat "$0.count" 2>/dev/null || echo 0)
            echo $((count + 1)) > "$0.count"
            echo "$*" >> "$0.calls"
            if [ "$count" -eq 0 ] || [ "$count" -eq 2 ]; then
                echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (unattended-upgr)" >&2
                exit 100
            fi
            """);
        var (code, output) = await InstallAsync();
        code.ShouldBe(0, output);
        output.ShouldContain("Waiting for apt's lock, which is held by process 4711 (unattended-upgr)");
        var calls = await File.ReadAllLinesAsync(Path.Combine(_folder, "apt-get.calls"), TestContext.Current.CancellationToken);
        calls.Length.ShouldBe(4);
        calls[1].ShouldContain("update");
        calls[3].ShouldContain("install");
    }

    [Fact]
    public async Task Another_failure_of_apt_ends_it_with_what_apt_said()
    {
        Program("apt-get", "echo 'E: The repository is not signed.' >&2; exit 100");
        var (code, output) = await InstallAsync();
        code.ShouldNotBe(0);
        output.ShouldContain("The repository is not signed.");
    }

    private void Program(string name, string script)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Output)> InstallAsync()
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec bash \"$0\" run 2>&1", Checkout.PathOf("scripts", "install.sh")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
