using Npgsql;

namespace LiveFace.Storage.Postgres;

/// <summary>Waits until a channel of the database is told something. Without the database it waits the time out: whoever waits looks again anyway.</summary>
internal sealed class PostgresSignal(PostgresDatabase database, string channel) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private NpgsqlConnection? _listening;

    public async Task WaitAsync(TimeSpan most, CancellationToken cancel)
    {
        try
        {
            if (_listening is null)
            {
                var connection = await database.ConnectAsync(cancel);
#pragma warning disable CA2100 // The channels are constants of this program.
                await using var listen = new NpgsqlCommand($"LISTEN {channel}", connection);
#pragma warning restore CA2100
                _listening = connection;
                await listen.ExecuteNonQueryAsync(cancel);
            }

            await _listening.WaitAsync(most, cancel);
        }
        catch (Exception error) when (PostgresDatabase.IsFault(error))
        {
            await DisposeAsync();
            await Task.Delay(Pause, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listening is { } connection)
            await connection.DisposeAsync();
        _listening = null;
    }
}
