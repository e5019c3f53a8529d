namespace LiveFace.Bot;

/// <summary>The films that are under way: how many there may be, and who of them is cancelled by whom.</summary>
internal sealed class FilmDesk(int most, int mostPerChat)
{
    private readonly List<FilmSeat> _seats = [];
    private readonly Lock _lock = new();

    /// <summary>A seat for a film; null where all are taken, and whether it is for films of this chat that they are.</summary>
    public FilmSeat? TryTake(long chat, out bool isOwn)
    {
        lock (_lock)
        {
            isOwn = _seats.Count(one => one.Chat == chat) >= mostPerChat;
            if (isOwn || _seats.Count >= most)
                return null;
            var seat = new FilmSeat(this, chat);
            _seats.Add(seat);
            return seat;
        }
    }

    /// <summary>Cancels the film that a message tells of. A message is known in its own chat alone.</summary>
    public bool Cancel(long chat, int message)
    {
        lock (_lock)
            return _seats.Find(one => one.Chat == chat && one.Message == message)?.Cancel() == true;
    }

    /// <summary>Waits until all are left.</summary>
    public Task WhenLeftAsync()
    {
        lock (_lock)
            return Task.WhenAll(_seats.Select(one => one.Left));
    }

    internal void Leave(FilmSeat seat)
    {
        lock (_lock)
            _seats.Remove(seat);
    }
}

/// <summary>A film's place, until it is disposed of.</summary>
internal sealed class FilmSeat(FilmDesk desk, long chat) : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Chat => chat;

    /// <summary>The message that tells how far it is.</summary>
    public int? Message { get; set; }

    /// <summary>Set by whoever sent the film.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    public Task Left => _left.Task;

    public bool Cancel()
    {
        _cancelled.Cancel();
        return true;
    }

    public void Dispose()
    {
        desk.Leave(this);
        _left.TrySetResult();
    }
}
