using System.Security.Cryptography;
using LiveFace.Features.Jobs.Spread;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Storage.Objects;
using LiveFace.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using System.Diagnostics.Metrics;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>Uploads in the bucket of a real S3: for how long the server has a copy of its own.</summary>
public sealed class JobSourcesTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-sources-").FullName;
    private readonly ManualClock _time = new();
    private readonly byte[] _film = RandomNumberGenerator.GetBytes(100_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Source => Path.Combine(_folder, "films", Id, "source");

    [Fact]
    public async Task A_copy_goes_when_the_bucket_has_it_comes_back_for_a_review_and_goes_when_nobody_asks_any_more()
    {
        await using var store = await S3Server.StartAsync();
        using var parts = new Parts(_folder, _time, store);
        parts.Upload(_film);

        await parts.Sources.SendAsync(parts.Job, Cancel);
        File.Exists(Source).ShouldBeFalse();
        parts.Job.SourceAway.ShouldBeTrue();
        store.Objects.ShouldHaveSingleItem().ShouldContain($"{Id}/source");

        // Whoever comes at once waits for the same.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => parts.Sources.BringAsync(Id, Cancel)));
        store.Reads.Length.ShouldBe(1);
        (await File.ReadAllBytesAsync(Source, Cancel)).ShouldBe(_film);
        _time.Advance(JobSources.Linger / 2);
        await parts.Sources.BringAsync(Id, Cancel);
        await parts.Sources.SendAsync(parts.Job, Cancel);
        (File.Exists(Source), store.Writes.Length).ShouldBe((true, 1), "the bucket has it");
        _time.Advance(JobSources.Linger / 2 + TimeSpan.FromMinutes(1));
        parts.Sources.Sweep();
        File.Exists(Source).ShouldBeTrue("it was asked for not long ago");
        _time.Advance(JobSources.Linger);
        parts.Sources.Sweep();
        File.Exists(Source).ShouldBeFalse();

        // It is not sent a second time, and comes again.
        await parts.Sources.SendAsync(parts.Job, Cancel);
        await parts.Sources.BringAsync(Id, Cancel);
        (await File.ReadAllBytesAsync(Source, Cancel)).ShouldBe(_film);
    }

    [Fact]
    public async Task A_copy_stays_while_the_bucket_does_not_have_it_and_who_reviews_is_told_to_come_again()
    {
        await using var store = await S3Server.StartAsync();
        using var parts = new Parts(_folder, _time, store);
        parts.Upload(_film);
        await store.KillAsync();
        await Should.ThrowAsync<Exception>(() => parts.Sources.SendAsync(parts.Job, Cancel));
        parts.Sources.Sweep();
        (await File.ReadAllBytesAsync(Source, Cancel)).ShouldBe(_film);
        parts.Job.SourceAway.ShouldBeFalse();

        await store.StartAgainAsync();
        await parts.Sources.SendAsync(parts.Job, Cancel);
        File.Exists(Source).ShouldBeFalse();
        await store.KillAsync();
        (await Should.ThrowAsync<ProblemException>(() => parts.Sources.BringAsync(Id, Cancel))).Message.ShouldContain("bucket");
        await store.StartAgainAsync();
        await parts.Sources.BringAsync(Id, Cancel);
        (await File.ReadAllBytesAsync(Source, Cancel)).ShouldBe(_film);
    }

    [Fact]
    public async Task Where_files_are_shared_by_a_folder_the_upload_stays_in_it()
    {
        using var parts = new Parts(_folder, _time, store: null);
        parts.Upload(_film);
        await parts.Sources.SendAsync(parts.Job, Cancel);
        parts.Sources.Sweep();
        (await File.ReadAllBytesAsync(Source, Cancel)).ShouldBe(_film);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The server's own parts round one job.</summary>
    private sealed class Parts : IDisposable
    {
        private readonly Database _database;
        private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly FaultSink _faults;
        private readonly JobFiles _files;
        private readonly JobBoard _board;
        private readonly SharedFiles _shared;

        public Parts(string folder, TimeProvider time, S3Server? store)
        {
            var storage = Options.Create(new StorageOptions { Folder = folder });
            _database = new Database(storage);
            _faults = new FaultSink(_services.GetRequiredService<IMeterFactory>(), NullLogger<FaultSink>.Instance, time);
            _files = new JobFiles(Options.Create(new FilmsOptions()), storage);
            _board = new JobBoard(new StoredJobs(_database), _files, _faults, time);
            _shared = store is null ? new FolderFiles(_files) : new BucketFiles(new ObjectBucket(store.Options), _files, diskPercent: 10, time);
            Sources = new JobSources(_board, _files, _faults, time, _shared);
        }

        public JobSources Sources { get; }

        public JobRecord Job => _board.Find(Id).ShouldNotBeNull();

        public void Upload(byte[] film)
        {
            _board.Add(
                new JobRecord { Id = Id, Owner = "key", Credential = "key", By = "test", Name = "talk.mp4", Policy = "{}", State = JobState.Queued, Kind = JobKind.Film }, _ => { });
            File.WriteAllBytes(_files.Make(Id).Source, film);
        }

        public void Dispose()
        {
            (_shared as IDisposable)?.Dispose();
            _faults.Dispose();
            _database.Dispose();
            _services.Dispose();
        }
    }
}
