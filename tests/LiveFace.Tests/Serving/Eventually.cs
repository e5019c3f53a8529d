using System.Diagnostics;

namespace LiveFace.Tests.Serving;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task IsAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            clock.Elapsed.ShouldBeLessThan(Deadline);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task IsAsync(Func<bool> condition) => IsAsync(() => Task.FromResult(condition()));
}
