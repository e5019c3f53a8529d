using System.Diagnostics;
using Npgsql;

namespace LiveFace.Storage.Postgres;

/// <summary>
/// Waits at the start for a PostgreSQL that is still coming up, or cannot be reached yet. Whatever it answers itself, such as a wrong password, is nothing that
/// waiting helps. Nothing listens meanwhile, so the server is not ready.
/// </summary>
internal static partial class PostgresWait
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private const int SecondsOfOneTry = 5;

    /// <summary>Returns when it answers, or when waiting is over; what is asked of it next says what there is.</summary>
    public static void Until(string connection, string setting, int seconds, ILogger logger)
    {
        var asked = new NpgsqlConnectionStringBuilder(connection) { Timeout = SecondsOfOneTry, CommandTimeout = SecondsOfOneTry, Pooling = false };
        var began = Stopwatch.GetTimestamp();
        var told = TimeSpan.MinValue;
        while (true)
        {
            var problem = Ask(asked.ConnectionString);
            var waited = Stopwatch.GetElapsedTime(began);
            if (problem is null || waited.TotalSeconds >= seconds)
            {
                if (told != TimeSpan.MinValue && problem is null)
                    LogThere(logger, setting, waited.TotalSeconds);
                return;
            }

            if (told == TimeSpan.MinValue || waited - told >= BetweenLines)
            {
                LogWaiting(logger, setting, problem, seconds - waited.TotalSeconds);
                told = waited;
            }

#pragma warning disable RS0030 // Nothing of the server runs yet, and what is made meanwhile is made on this thread.
            Thread.Sleep(BetweenTries);
#pragma warning restore RS0030
        }
    }

    /// <summary>Null where it answers, whatever it says.</summary>
    private static string? Ask(string connection)
    {
        try
        {
            using var opened = new NpgsqlConnection(connection);
            opened.Open();
            return null;
        }
        catch (PostgresException error) when (error.SqlState is not (PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections))
        {
            return null;
        }
        catch (Exception error) when (PostgresDatabase.IsFault(error))
        {
            return error.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Setting}: PostgreSQL does not answer yet ({Problem}); the server begins when it does, and gives up after {Seconds:0} s more (Storage:WaitSeconds)")]
    private static partial void LogWaiting(ILogger logger, string setting, string problem, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Setting}: PostgreSQL answers after {Seconds:0.0} s")]
    private static partial void LogThere(ILogger logger, string setting, double seconds);
}
