namespace LiveFace.Rooms;

/// <summary>Who is told what happens in a room. Reading never waits for joining and leaving.</summary>
internal sealed class RoomObservers
{
    private readonly Lock _writers = new();
    private volatile IRoomObserver[] _all = [];

    public ReadOnlySpan<IRoomObserver> All => _all;

    public int Count => _all.Length;

    /// <summary>The members that they stand for.</summary>
    public int Members
    {
        get
        {
            var members = 0;
            foreach (var observer in _all)
                members += observer.Members;
            return members;
        }
    }

    /// <summary>Adds one. Disposing takes it away again and tells <paramref name="left"/>.</summary>
    public IDisposable Add(IRoomObserver observer, Action left)
    {
        lock (_writers)
            _all = [.. _all, observer];
        return new Seat(this, observer, left);
    }

    private void Remove(IRoomObserver observer)
    {
        lock (_writers)
        {
            var index = Array.IndexOf(_all, observer);
            if (index >= 0)
                _all = [.. _all[..index], .. _all[(index + 1)..]];
        }
    }

    private sealed class Seat(RoomObservers observers, IRoomObserver observer, Action left) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;
            observers.Remove(observer);
            left();
        }
    }
}
