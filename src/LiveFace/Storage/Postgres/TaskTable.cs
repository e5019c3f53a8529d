using Npgsql;

namespace LiveFace.Storage.Postgres;

internal enum TaskState
{
    Waiting,
    Running,
    Done,
}

/// <summary>A piece of a job's work as the table has it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Round">Which of the job's results it is for.</param>
/// <param name="Name">Which piece.</param>
/// <param name="Task">What is to be done, as JSON.</param>
/// <param name="State">How far it is.</param>
/// <param name="Fence">Given anew at each claim, always larger: whoever has an older one has lost the piece.</param>
/// <param name="Attempts">Workers that began on it.</param>
/// <param name="IsLate">Whether its worker has not been heard of for the time of its lease.</param>
/// <param name="Progress">What its worker last said.</param>
/// <param name="Result">What came of it.</param>
internal sealed record TaskRow(
    string Job, int Round, string Name, string Task, TaskState State, long Fence, int Attempts, bool IsLate, string? Progress, string? Result);

/// <summary>
/// Work that many machines share: each piece belongs to one worker as long as that renews its lease, by the database's clock. A piece that
/// was claimed again has a new fence, and what is said with the old one counts for nothing.
/// </summary>
internal sealed class TaskTable(PostgresDatabase database)
{
    /// <summary>Told when there is work.</summary>
    public const string WorkChannel = "liveface_work";

    /// <summary>Told when a piece is done, or given back.</summary>
    public const string DoneChannel = "liveface_done";

    private const string Columns = "job, round, name, task, state, fence, attempts, state = 1 AND lease < now(), progress, result";
    private const string Mine = "job = @job AND round = @round AND name = @name AND fence = @fence AND state = 1";

    /// <summary>Adds a piece for those who have a key; one that is there stays as it is.</summary>
    public void Add(string job, int round, string name, int place, string task, string keyed) => database.Execute(
        $"""
        INSERT INTO liveface_tasks (job, round, name, place, task, keyed) VALUES (@job, @round, @name, @place, @task, @keyed) ON CONFLICT DO NOTHING;
        SELECT pg_notify('{WorkChannel}', '');
        """,
        ("job", job), ("round", round), ("name", name), ("place", place), ("task", task), ("keyed", keyed));

    /// <summary>
    /// Takes the oldest piece that is nobody's, or whose worker's lease is over; null where there is none. A worker with another key than the
    /// server's gets none: it could read nothing, and would fail what others can do.
    /// </summary>
    public TaskRow? Claim(string owner, TimeSpan lease, int mostAttempts, string keyed) => database.Query(
        $"""
        UPDATE liveface_tasks SET state = 1, fence = nextval('liveface_fences'), owner = @owner, lease = now() + @lease, attempts = attempts + 1, progress = NULL
        WHERE (job, round, name) = (
            SELECT job, round, name FROM liveface_tasks
            WHERE (state = 0 OR (state = 1 AND lease < now())) AND attempts < @most AND keyed = @keyed ORDER BY made, place LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING {Columns}
        """,
        Read, ("owner", owner), ("lease", lease), ("most", mostAttempts), ("keyed", keyed)).FirstOrDefault();

    /// <summary>Whether the piece is still this worker's, which then goes on having it.</summary>
    public bool Renew(TaskRow task, TimeSpan lease, string? progress) => database.Execute(
        $"UPDATE liveface_tasks SET lease = now() + @lease, progress = COALESCE(@progress::text, progress) WHERE {Mine}",
        [.. Named(task), ("lease", lease), ("progress", progress)]) > 0;

    /// <summary>Says what came of it; false where the piece is another's by now, and nothing was changed.</summary>
    public bool Finish(TaskRow task, string result) => Tell(task, "state = 2, lease = NULL, result = @result", ("result", result));

    /// <summary>Gives it back. One that was begun in vain counts; one that was only stopped does not.</summary>
    public bool Release(TaskRow task, bool counts) =>
        Tell(task, $"state = 0, lease = NULL, progress = NULL, attempts = attempts - {(counts ? 0 : 1)}");

    public List<TaskRow> Of(string job, int round) => database.Query(
        $"SELECT {Columns} FROM liveface_tasks WHERE job = @job AND round = @round ORDER BY place", Read, ("job", job), ("round", round));

    public List<string> Jobs() => database.Query("SELECT DISTINCT job FROM liveface_tasks", row => row.GetString(0));

    /// <summary>The jobs that have work, and whether some of it is still to be done.</summary>
    public Dictionary<string, bool> Known() => database.Query("SELECT job, bool_or(state < 2) FROM liveface_tasks GROUP BY job", row => (Job: row.GetString(0), IsOpen: row.GetBoolean(1)))
        .ToDictionary(row => row.Job, row => row.IsOpen, StringComparer.Ordinal);

    /// <summary>Takes back what is not done: whoever is at it finds that it is nobody's any more.</summary>
    public void Withdraw(string job) => database.Execute("DELETE FROM liveface_tasks WHERE job = @job AND state < 2", ("job", job));

    public void Forget(string job) => database.Execute("DELETE FROM liveface_tasks WHERE job = @job", ("job", job));

    private bool Tell(TaskRow task, string set, params ReadOnlySpan<(string Name, object? Value)> more) => database.Query(
        $"WITH told AS (UPDATE liveface_tasks SET {set} WHERE {Mine} RETURNING job) SELECT pg_notify('{DoneChannel}', job), pg_notify('{WorkChannel}', '') FROM told",
        _ => true, [.. Named(task), .. more]).Count > 0;

    private static (string Name, object? Value)[] Named(TaskRow task) =>
        [("job", task.Job), ("round", task.Round), ("name", task.Name), ("fence", task.Fence)];

    private static TaskRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (TaskState)row.GetInt16(4), row.GetInt64(5), row.GetInt32(6),
        !row.IsDBNull(7) && row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9));
}
