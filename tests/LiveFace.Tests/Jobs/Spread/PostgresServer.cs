using System.Diagnostics;
using Npgsql;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>A PostgreSQL of Debian's on a free port of 127.0.0.1, with its data in a folder of its own. It can be killed, and started again.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";

    private readonly string _folder;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    private PostgresServer(string folder) => _folder = folder;

    public string Folder => _folder;

    public string Connection => $"Host=127.0.0.1;Port={_port};Username=liveface;Database=postgres;Pooling=true";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static bool IsRoot => Environment.UserName == "root";

    public static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-postgres-").FullName;
        if (IsRoot)
            (await RunAsync("chown", [User, folder])).ShouldBe(0);
        var server = new PostgresServer(folder);
        var (program, arguments) = AsUser(Tool("initdb"), ["-D", Path.Combine(folder, "data"), "-U", "liveface", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        (await RunAsync(program, arguments)).ShouldBe(0);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        var (program, arguments) = AsUser(Tool("postgres"), ["-D", Path.Combine(_folder, "data"), "-p", $"{_port}", "-k", _folder, "-c", "listen_addresses=127.0.0.1", "-c", "log_min_messages=fatal"]);
        _process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Eventually.IsAsync(async () =>
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection + ";Pooling=false;Timeout=2");
                await connection.OpenAsync(Cancel);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
    }

    /// <summary>As a machine that loses its power: it and all its processes at once.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(Cancel);
        File.Delete(Path.Combine(_folder, "data", "postmaster.pid"));
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync(Cancel);
#pragma warning disable CA2100 // A constant of the test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async Task DoAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync(Cancel);
#pragma warning disable CA2100 // A constant of the test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Tool(string name) => Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.Parse(Path.GetFileName(folder)))
        .Select(folder => Path.Combine(folder, "bin", name)).First(File.Exists);

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static (string, string[]) AsUser(string tool, string[] arguments) =>
        IsRoot ? ("setpriv", ["--reuid=" + User, "--regid=" + User, "--clear-groups", tool, .. arguments]) : (tool, arguments);

    private static async Task<int> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync(Cancel);
        _ = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }
}
