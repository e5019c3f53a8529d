using LiveFace.Features.Jobs.Review;
using LiveFace.Http;

namespace LiveFace.Tests.Jobs;

/// <summary>Who waits for whom, and how many may.</summary>
public sealed class TurnsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_name_waits_for_no_other_and_so_many_wait_for_one()
    {
        var turns = new Turns(atOnce: 1, mostWaiting: 2, Long);
        var held = await turns.TakeAsync("a", Cancel);
        Task<IDisposable>[] waiting = [turns.TakeAsync("a", Cancel), turns.TakeAsync("a", Cancel)];

        (await Should.ThrowAsync<ProblemException>(() => turns.TakeAsync("a", Cancel))).RetryAfterSeconds.ShouldNotBeNull();
        (await turns.TakeAsync("b", Cancel)).Dispose();
        waiting.ShouldAllBe(one => !one.IsCompleted);

        held.Dispose();
        held.Dispose();
        (await waiting[0]).Dispose();
        (await waiting[1]).Dispose();
        turns.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_waited_for_long_or_went_away_takes_no_place()
    {
        var turns = new Turns(atOnce: 1, mostWaiting: 1, TimeSpan.Zero);
        var held = await turns.TakeAsync("a", Cancel);
        (await Should.ThrowAsync<ProblemException>(() => turns.TakeAsync("a", Cancel))).Problem.ShouldBe(Problem.TooBusy);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => turns.TakeAsync("a", gone.Token));

        held.Dispose();

        turns.Count.ShouldBe(0);
        (await turns.TakeAsync("a", Cancel)).Dispose();
    }
}
