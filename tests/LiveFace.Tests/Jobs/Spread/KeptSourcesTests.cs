using System.Security.Cryptography;
using LiveFace.Features.Jobs.Spread;
using LiveFace.Storage.Objects;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>Films that a worker has brought from the bucket of a real S3: how often, for how long, and how many.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class KeptSourcesTests : IAsyncLifetime
{
    private const int Bytes = 100_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-kept-").FullName;
    private readonly ManualClock _time = new();
    private readonly byte[] _film = RandomNumberGenerator.GetBytes(Bytes);
    private S3Server _store = null!;
    private ObjectBucket _bucket = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Reads => _store.Reads.Length;

    private string[] Files => Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [];

    private string Folder => Path.Combine(_folder, "films");

    public async ValueTask InitializeAsync()
    {
        _store = await S3Server.StartAsync();
        _bucket = new ObjectBucket(_store.Options);
        var path = Path.Combine(_folder, "film");
        await File.WriteAllBytesAsync(path, _film, Cancel);
        foreach (var job in (string[])["a", "b", "c"])
            await _bucket.PutAsync($"{job}/source", path, Cancel);
        File.Delete(path);
    }

    public async ValueTask DisposeAsync()
    {
        _bucket.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_film_comes_once_for_all_who_want_it_into_a_folder_that_is_the_owners_alone()
    {
        var kept = Kept(most: 3 * Bytes);
        var lent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => kept.LendAsync("a", "a/source", Cancel)));
        lent.Select(one => one.ShouldNotBeNull().Path).Distinct().ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(lent[0]!.Path, Cancel)).ShouldBe(_film);
        foreach (var one in lent)
            one!.Dispose();
        (await kept.LendAsync("a", "a/source", Cancel))!.Dispose();
        Reads.ShouldBe(1);
        File.GetUnixFileMode(Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task What_was_used_longest_ago_gives_way_what_is_read_does_not_and_what_has_no_room_is_not_kept()
    {
        var kept = Kept(most: 2 * Bytes);
        (await kept.LendAsync("a", "a/source", Cancel))!.Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await kept.LendAsync("b", "b/source", Cancel))!.Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));
        var a = (await kept.LendAsync("a", "a/source", Cancel)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        using (var c = await kept.LendAsync("c", "c/source", Cancel))
        {
            c.ShouldNotBeNull("b was used longest ago");
            Files.Length.ShouldBe(2);
            File.Exists(a.Path).ShouldBeTrue("it is read");
            (await kept.LendAsync("b", "b/source", Cancel)).ShouldBeNull("both that are there are read");
        }

        a.Dispose();
        (await kept.LendAsync("b", "b/source", Cancel)).ShouldNotBeNull().Dispose();
        Files.Length.ShouldBe(2);
        (await Kept(most: Bytes - 1).LendAsync("a", "a/source", Cancel)).ShouldBeNull("it is larger than all that may be kept");
    }

    [Fact]
    public async Task Of_two_that_nobody_reads_the_older_gives_way_and_none_to_what_is_too_large()
    {
        var path = Path.Combine(_folder, "large");
        await File.WriteAllBytesAsync(path, new byte[3 * Bytes], Cancel);
        await _bucket.PutAsync("large/source", path, Cancel);
        var kept = Kept(most: 2 * Bytes);
        foreach (var job in (string[])["a", "b"])
        {
            (await kept.LendAsync(job, $"{job}/source", Cancel))!.Dispose();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (await kept.LendAsync("large", "large/source", Cancel)).ShouldBeNull();
        Files.Length.ShouldBe(2);
        (await kept.LendAsync("c", "c/source", Cancel))!.Dispose();
        (await kept.LendAsync("b", "b/source", Cancel))!.Dispose();
        Reads.ShouldBe(3, "b is still there");
        (await kept.LendAsync("a", "a/source", Cancel))!.Dispose();
        Reads.ShouldBe(4, "a was used longest ago");
    }

    [Fact]
    public async Task A_film_goes_when_its_job_has_no_work_any_more_but_not_from_under_who_reads_it()
    {
        var kept = Kept(most: 3 * Bytes);
        using (await kept.LendAsync("a", "a/source", Cancel))
        {
            kept.Drop(Known());
            Files.Length.ShouldBe(1);
        }

        kept.Drop(Known(("a", true)));
        _time.Advance(KeptSources.Linger * 2);
        kept.Drop(Known(("a", true)));
        Files.Length.ShouldBe(1, "there is work on it");
        kept.Drop(Known(("a", false)));
        Files.Length.ShouldBe(1, "the next step may come");
        _time.Advance(KeptSources.Linger * 2);
        kept.Drop(Known(("a", false)));
        Files.ShouldBeEmpty();
        kept.IsEmpty.ShouldBeTrue();

        (await kept.LendAsync("a", "a/source", Cancel))!.Dispose();
        kept.Drop(Known(("b", true)));
        Files.ShouldBeEmpty("it was cancelled");
    }

    [Fact]
    public async Task A_film_that_broke_off_leaves_nothing_and_is_brought_anew()
    {
        var kept = Kept(most: 3 * Bytes);
        await _store.KillAsync();
        await Should.ThrowAsync<Exception>(() => kept.LendAsync("a", "a/source", Cancel));
        await _store.StartAgainAsync();
        // What stands in its way on the disk is an error once, and no longer when it is gone.
        Directory.CreateDirectory(Path.Combine(Folder, "0.part"));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => kept.LendAsync("a", "a/source", Cancel));
        kept.IsEmpty.ShouldBeTrue();
        Directory.Delete(Path.Combine(Folder, "0.part"));
        using (var stop = new CancellationTokenSource())
        {
            var asked = kept.LendAsync("a", "a/source", stop.Token);
            await stop.CancelAsync();
            if (await Task.WhenAny(asked) is { IsCompletedSuccessfully: true } came)
                (await came)?.Dispose();
        }

        using var lent = (await kept.LendAsync("a", "a/source", Cancel)).ShouldNotBeNull();
        (await File.ReadAllBytesAsync(lent.Path, Cancel)).ShouldBe(_film);
        await Eventually.IsAsync(() => Files.Length == 1);
    }

    private static Dictionary<string, bool> Known(params (string Job, bool IsOpen)[] jobs) => jobs.ToDictionary(job => job.Job, job => job.IsOpen);

    private KeptSources Kept(long most) => new(_bucket, Folder, most, _time);
}
