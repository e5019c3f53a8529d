using System.Diagnostics;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Transport;

public sealed class TimerThreadTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    [Fact]
    public async Task It_calls_once_for_each_time_that_it_is_set_and_not_before()
    {
        using var called = new SemaphoreSlim(0);
        using var timer = new TimerThread("test", TimeProvider.System, () => called.Release(), _ => { });
        for (var i = 0; i < 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            timer.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
            (await called.WaitAsync(Deadline, TestContext.Current.CancellationToken)).ShouldBeTrue();
            Stopwatch.GetElapsedTime(began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(20));
        }

        called.CurrentCount.ShouldBe(0);
    }

    [Fact]
    public async Task An_earlier_time_takes_the_place_of_a_later_one()
    {
        using var called = new SemaphoreSlim(0);
        using var timer = new TimerThread("test", TimeProvider.System, () => called.Release(), _ => { });
        timer.Change(Never, Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        (await called.WaitAsync(Deadline, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task It_can_be_set_again_from_its_own_call()
    {
        var calls = 0;
        using var done = new SemaphoreSlim(0);
        TimerThread? timer = null;
        using var owned = timer = new TimerThread("test", TimeProvider.System, () =>
        {
            if (++calls == 50)
                done.Release();
            else
                timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }, _ => { });
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        (await done.WaitAsync(Deadline, TestContext.Current.CancellationToken)).ShouldBeTrue();
        calls.ShouldBe(50);
    }

    [Fact]
    public async Task Its_thread_ends_when_it_is_disposed_and_nothing_can_be_set_any_more()
    {
        var thread = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = new TimerThread("test", TimeProvider.System, () => thread.TrySetResult(Thread.CurrentThread), _ => { });
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var own = await thread.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        timer.Dispose();
        timer.Dispose();
        own.Join(Deadline).ShouldBeTrue();
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).ShouldBeFalse();
    }
}
