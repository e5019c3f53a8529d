using System.Collections.Concurrent;
using LiveFace.Access;
using LiveFace.Client;
using LiveFace.Client.Messages;
using LiveFace.Tests.Serving;
using JobFilm = LiveFace.Tests.Jobs.JobFilm;

namespace LiveFace.Tests.Client;

/// <summary>Jobs by the .NET client against a whole server.</summary>
public sealed class JobClientTests
{
    private const int Pictures = 6;

    /// <summary>One model alone, so that the test takes seconds.</summary>
    private static readonly RoomPolicy Policy = new() { Rules = [new PolicyRule(new RuleWhen { Model = "ultraface" }, "box", new RuleHow("solid"))] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_becomes_a_job_with_progress_a_result_and_a_report()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        using var client = new LiveFaceClient(server.Address, server.MakeKey(Roles.Publish));
        await using var hub = await client.ConnectAsync(Cancel);
        var (told, gone) = (new ConcurrentQueue<Job>(), new ConcurrentQueue<string>());
        hub.JobChanged = told.Enqueue;
        hub.JobGone = one => gone.Enqueue(one.Id);
        (await hub.WatchJobsAsync(Cancel)).ShouldBeEmpty();

        await using var file = File.OpenRead(Portrait.Path);
        var job = await client.Jobs.AddAsync(file, new JobOptions { Name = "me.png", Policy = Policy }, Cancel);
        var states = new List<string>();
        await foreach (var now in client.Jobs.WatchAsync(job.Id, Cancel))
            states.Add(now.State);
        states[^1].ShouldBe(JobStates.Done);
        var done = (await client.Jobs.ListAsync(Cancel)).ShouldHaveSingleItem();
        (done.Kind, done.Result!.Pictures, done.Policy!.Rules!.Single().How.Effect).ShouldBe(("picture", 1, "solid"));
        await using (var result = await client.Jobs.ResultAsync(job.Id, Cancel))
        {
            (result.Name, result.ContentType).ShouldBe(("me.redacted.png", "image/png"));
            Portrait.FaceIn(await result.ReadAllAsync(Cancel)).ShouldBeLessThan(Likeness.Shown);
        }

        (await client.Jobs.ReportAsync(job.Id, Cancel)).Output.Sha256.ShouldBe(done.Result.Sha256);
        await Eventually.IsAsync(() => told.Any(one => one.Id == job.Id && one.State == JobStates.Done));
        await client.Jobs.DeleteAsync(job.Id, Cancel);
        await Eventually.IsAsync(() => gone.Contains(job.Id));
        (await Should.ThrowAsync<LiveFaceException>(() => client.Jobs.GetAsync(job.Id, Cancel))).Code.ShouldBe("job-not-found");
        await hub.UnwatchJobsAsync(Cancel);
    }

    [Fact]
    public async Task A_film_is_uploaded_over_a_broken_line_reviewed_and_written()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        using var line = new BrokenLine();
        using var http = new HttpClient(line);
        using var client = new LiveFaceClient(server.Address, server.MakeKey(Roles.Publish | Roles.Review), http);
        var film = await JobFilm.MakeAsync(Pictures);
        using var file = new MemoryStream(film);
        var job = await client.Jobs.UploadAsync(file, new JobOptions { Name = "talk.mp4", Policy = Policy, IsReviewed = true }, cancel: Cancel);
        line.Offsets.ShouldBe(["0", $"{film.Length / 2}"]);
        job.Bytes.ShouldBe(film.Length);
        Job last = job;
        await foreach (var now in client.Jobs.WatchAsync(job.Id, Cancel))
            last = now;
        (last.State, line.Breaks).ShouldBe((JobStates.Review, 2));

        (await client.Jobs.TracksAsync(job.Id, cancel: Cancel)).ShouldAllBe(track => track.Boxes == null);
        var track = (await client.Jobs.TracksAsync(job.Id, 0, 2, Cancel)).MaxBy(one => one.Score)!;
        track.Boxes![0].Right.ShouldBeGreaterThan(track.Boxes[0].Left);
        track.Boxes[0].Origin.ShouldNotBeEmpty();
        var kept = await client.Jobs.EditAsync(job.Id, new JobEdit { Keep = [track.Id] }, Cancel);
        (kept.Edit, kept.By).ShouldBe((1, "test"));
        await client.Jobs.EditAsync(job.Id, new JobEdit { Undo = 1 }, Cancel);
        await client.Jobs.EditAsync(job.Id, new JobEdit { Split = new SplitEdit(track.Id, 2) }, Cancel);
        await client.Jobs.EditAsync(job.Id, new JobEdit { Box = new BoxEdit(0, 0, 1, [300, 300, 400, 380]) }, Cancel);
        var edits = await client.Jobs.EditsAsync(job.Id, Cancel);
        (edits.Edits.Count, edits.Edits[2].Split!.At).ShouldBe((4, 2));
        edits.Edits[2].Split!.As.ShouldNotBeNull().ShouldBeGreaterThan(track.Id, "a number of the server's");
        edits.InForce.ShouldBe([3, 4]);
        foreach (var still in (Task<JobFile>[])[client.Jobs.PreviewAsync(job.Id, 1, cancel: Cancel), client.Jobs.PictureAsync(job.Id, 1, 128, Cancel), client.Jobs.ThumbnailAsync(job.Id, track.Id, cancel: Cancel)])
        {
            await using var picture = await still;
            picture.ContentType.ShouldBe("image/jpeg");
        }

        (await client.Jobs.RenderAsync(job.Id, Cancel)).State.ShouldBe(JobStates.Queued);
        await foreach (var now in client.Jobs.WatchAsync(job.Id, Cancel))
            last = now;
        (last.State, last.Written).ShouldBe((JobStates.Done, 4));
        await using (var result = await client.Jobs.ResultAsync(job.Id, Cancel))
            (await JobFilm.FacesShownAsync(film, await result.ReadAllAsync(Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);
        await using (var boxes = await client.Jobs.BoxesAsync(job.Id, Cancel))
            boxes.ContentType.ShouldBe("application/json");
    }

    [Fact]
    public async Task A_job_is_paused_and_goes_on_and_one_that_is_deleted_while_it_is_watched_is_told_as_gone()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new LiveFaceClient(server.Address);
        await using var file = File.OpenRead(Portrait.Path);
        var job = await client.Jobs.AddAsync(file, cancel: Cancel);
        (await client.Jobs.PauseAsync(job.Id, Cancel)).State.ShouldBe(JobStates.Paused);
        (await client.Jobs.ResumeAsync(job.Id, Cancel)).State.ShouldBe(JobStates.Queued);
        (await Should.ThrowAsync<LiveFaceException>(() => client.Jobs.RenderAsync(job.Id, Cancel))).Code.ShouldBe("job-state");
        await using var watched = client.Jobs.WatchAsync(job.Id, Cancel).GetAsyncEnumerator(Cancel);
        (await watched.MoveNextAsync()).ShouldBeTrue();
        await client.Jobs.DeleteAsync(job.Id, Cancel);
        (await Should.ThrowAsync<LiveFaceException>(async () => await watched.MoveNextAsync())).Code.ShouldBe("job-not-found");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_asked_for_ever()
    {
        using var client = new LiveFaceClient(new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        using var file = new MemoryStream(new byte[10]);
        await Should.ThrowAsync<HttpRequestException>(() => client.Jobs.UploadAsync(file, cancel: Cancel));
        var resumed = Should.ThrowAsync<HttpRequestException>(() => client.Jobs.ResumeUploadAsync("x", file, cancel: Cancel));
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            await foreach (var _ in client.Jobs.WatchAsync("x", Cancel))
                Assert.Fail("Nothing can be told.");
        });
        await resumed;
    }
}
