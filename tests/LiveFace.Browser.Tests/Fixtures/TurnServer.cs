using System.Diagnostics;
using System.Net.Sockets;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>Debian's coturn on 127.0.0.1, with a shared secret as deploy/turnserver.conf has it.</summary>
internal sealed class TurnServer : IAsyncDisposable
{
    public const string Secret = "a-secret-for-this-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-turn-").FullName;
    private readonly Process _process;

    private TurnServer(int port)
    {
        Port = port;
        _process = Process.Start(new ProcessStartInfo("turnserver",
        [
            "-n", "--log-file=stdout", "--no-cli", "--no-tls", "--no-dtls", "--fingerprint", "--use-auth-secret",
            $"--static-auth-secret={Secret}", "--realm=liveface", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
            "--allow-loopback-peers", $"--listening-port={port}", "--min-port=27800", "--max-port=27899",
            $"--pidfile={Path.Combine(_folder, "turnserver.pid")}", $"--userdb={Path.Combine(_folder, "turndb")}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public static async Task<TurnServer> StartAsync()
    {
        var server = new TurnServer(FreePort.Next());
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await server.IsListeningAsync(deadline.Token))
        {
            server._process.HasExited.ShouldBeFalse("coturn is installed by the tests' package list and starts");
            await Task.Delay(50, deadline.Token);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsListeningAsync(CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
