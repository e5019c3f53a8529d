namespace LiveFace.Client;

/// <summary>How often a broken connection is mended, and how long is waited before it; whatever gets on begins from the front.</summary>
internal sealed class Patience
{
    private const int Most = 5;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private int _spent;

    /// <summary>Something came.</summary>
    public void Renew() => _spent = 0;

    /// <summary>Whether an error is the network's, or a server's that is starting again, and another try is left; waits before it.</summary>
    public async Task<bool> LastsAsync(Exception error, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested || !IsPassing(error) || ++_spent > Most)
            return false;
        var wait = First * (1 << (_spent - 1));
        if (error is LiveFaceException { RetryAfter: { } asked } && asked > wait)
            wait = asked;
        await Task.Delay(wait, TimeProvider.System, cancel).ConfigureAwait(false);
        return true;
    }

    private static bool IsPassing(Exception error) =>
        error is IOException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException } or LiveFaceException { Status: >= 500 };
}
