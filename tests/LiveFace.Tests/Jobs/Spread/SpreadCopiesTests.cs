namespace LiveFace.Tests.Jobs.Spread;

/// <summary>Copies of a film on workers that have no folder with the server, and how much of it goes over the network: real processes, a real PostgreSQL and an S3.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SpreadCopiesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveface-copies-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Scratch => Path.Combine(_root, "scratch");

    [Theory]
    [InlineData(40, 1)]
    [InlineData(0, null)]
    public async Task A_film_is_brought_once_for_all_pieces_and_nothing_of_it_stays_when_it_is_done(int percent, int? reads)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var store = await S3Server.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", .. store.Settings];
        await using var server = await ServeAsync(shared);
        await using var worker = Work([.. shared, "--Films:Workers=2", $"--Films:SourceDiskPercent={percent}"]);
        var film = await JobFilm.MakeAsync(15);
        var id = (await server.Client.UploadAsync(film)).Id();
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE name LIKE 'piece%'") > 1);
        var segments = await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE name LIKE 'segment%'");
        segments.ShouldBeGreaterThan(2);
        await server.Client.FollowAsync(id, "done");

        var read = store.Reads.Where(one => one.Name.EndsWith($"{id}/source", StringComparison.Ordinal)).ToList();
        if (reads is { } most)
            read.Sum(one => one.Bytes).ShouldBe(most * film.Length);
        else
            read.Count.ShouldBeGreaterThan((int)segments, "without room each piece brings it");
        await Eventually.IsAsync(() => Raw(film).Count == 0);
        (await JobFilm.FacesShownAsync(film, await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);
    }

    [Fact]
    public async Task What_a_killed_worker_kept_goes_when_it_is_started_again_and_what_was_cancelled_or_ends_goes_at_once()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var store = await S3Server.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", .. store.Settings];
        await using var server = await ServeAsync(shared);
        var film = await JobFilm.MakeAsync(40);
        var id = (await server.Client.UploadAsync(film)).Id();
        string[] left;
        await using (var killed = Work(shared))
        {
            await Eventually.IsAsync(() => Raw(film).Count > 0 && killed.Workers().Any());
            killed.Kill();
            await Eventually.IsAsync(() => !killed.Workers().Any());
            left = Directory.GetDirectories(Scratch, "work-*");
            Raw(film).ShouldNotBeEmpty("nobody is there to delete it");
            foreach (var folder in Directory.GetDirectories(Scratch, "*", SearchOption.AllDirectories).Append(Scratch))
                File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        }

        await using var second = Work(shared);
        await Eventually.IsAsync(() => !left.Any(Directory.Exists));
        await Eventually.IsAsync(() => Raw(film).Count > 0);
        await server.Client.DeleteAsync($"/api/jobs/{id}", Cancel);
        await Eventually.IsAsync(() => Raw(film).Count == 0);

        await server.Client.UploadAsync(film);
        await Eventually.IsAsync(() => Raw(film).Count > 0);
        (await second.EndAsync()).ShouldBe(0);
        Directory.GetDirectories(Scratch).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The files of the worker that hold a part of the film as it was sent.</summary>
    private List<string> Raw(byte[] film) => DiskWatch.Find([Scratch], [film[(film.Length / 2)..(film.Length / 2 + 48)]]);

    private Task<ServerProgram> ServeAsync(string[] shared) =>
        ServerProgram.StartAsync(Path.Combine(_root, "data"), _root, ["--Films:Workers=0", "--Films:LeaseSeconds=3", .. shared]);

    private WorkProgram Work(string[] shared) => WorkProgram.Start(_root, [$"--Storage:Folder={Path.Combine(_root, "work")}", $"--Films:Folder={Scratch}", .. shared]);
}
