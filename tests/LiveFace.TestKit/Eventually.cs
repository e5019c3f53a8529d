using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveFace.TestKit;

/// <summary>Waits for conditions that other threads or programs bring about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the condition holds; fails with its text when that takes a minute.</summary>
    public static async Task IsAsync(
        Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            clock.Elapsed.ShouldBeLessThan(Deadline, text);
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="IsAsync(Func{Task{bool}}, string)"/>
    public static Task IsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        IsAsync(() => Task.FromResult(condition()), text);
}
