using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using LiveFace.Storage.Objects;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>npm's s3rver with one bucket, on a free port of 127.0.0.1. It can be killed, and started again with what it has.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private Process? _process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("liveface-s3-").FullName;

    public ObjectStoreOptions Options => new() { Bucket = "films", Url = $"http://127.0.0.1:{_port}", AccessKey = "S3RVER", SecretKey = "S3RVER" };

    public string[] Settings =>
        ["--ObjectStore:Bucket=films", $"--ObjectStore:Url=http://127.0.0.1:{_port}", "--ObjectStore:AccessKey=S3RVER", "--ObjectStore:SecretKey=S3RVER"];

    /// <summary>Names of all that lies in the bucket.</summary>
    public string[] Objects => [.. Directory.EnumerateFiles(Folder, "*_object", SearchOption.AllDirectories)];

    /// <summary>What was read of it, in order: the object's name, and so many bytes.</summary>
    public (string Name, long Bytes)[] Reads => Logged("GET");

    /// <summary>What was put there, in order; how many bytes is not told.</summary>
    public (string Name, long Bytes)[] Writes => Logged("PUT");

    private string Log => Folder + ".reads";

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        var script = $$"""
            const server = new (require('{{Checkout.PathOf("node_modules", "s3rver")}}'))({ port: {{_port}}, address: '127.0.0.1', silent: true, directory: '{{Folder}}', configureBuckets: [{ name: 'films' }] });
            server.middleware.unshift(async (context, next) => {
              await next();
              if (context.status === 200 && context.path.includes('/films/'))
                require('fs').appendFileSync('{{Log}}', `${context.method} ${context.path} ${context.length ?? 0}\n`);
            });
            server.run();
            """;
        _process = Process.Start(new ProcessStartInfo("node", ["-e", script]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Eventually.IsAsync(async () =>
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", _port, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    private (string Name, long Bytes)[] Logged(string method)
    {
        using var log = new StreamReader(new FileStream(Log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        return [.. log.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Where(parts => parts[0] == method)
            .Select(parts => (parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture)))];
    }

    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        Directory.Delete(Folder, recursive: true);
        File.Delete(Log);
    }
}
