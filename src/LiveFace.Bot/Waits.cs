namespace LiveFace.Bot;

/// <summary>Waits longer from one failure in a row to the next.</summary>
internal sealed class Waits
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    public void Renew() => _next = First;

    public async Task WaitAsync(CancellationToken stop)
    {
        await Task.Delay(_next, TimeProvider.System, stop);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }
}
