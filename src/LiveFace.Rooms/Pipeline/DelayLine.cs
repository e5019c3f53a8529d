using LiveFace.Redaction.Looks;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// The pictures of the look-ahead: a picture is shown when so many newer ones have been looked at. With none, it is
/// shown at once. Places are used again.
/// </summary>
internal sealed class DelayLine : IDisposable
{
    private readonly WaitingPicture[] _ring;
    private readonly FrameTracks[] _later;
    private int _first;
    private int _count;

    public DelayLine(int longest)
    {
        _ring = new WaitingPicture[longest + 1];
        for (var i = 0; i < _ring.Length; i++)
            _ring[i] = new WaitingPicture();
        _later = new FrameTracks[longest];
    }

    /// <summary>Whether a picture is due when <paramref name="lookAhead"/> may wait.</summary>
    public bool IsDue(int lookAhead) => _count > lookAhead;

    /// <summary>The next free place. <see cref="Push"/> puts it in line.</summary>
    public WaitingPicture Next => _ring[(_first + _count) % _ring.Length];

    public void Push() => _count++;

    /// <summary>The oldest picture, and the tracks of those behind it, oldest first.</summary>
    public WaitingPicture Pop(out ReadOnlySpan<FrameTracks> later)
    {
        var oldest = _ring[_first];
        _first = (_first + 1) % _ring.Length;
        _count--;
        for (var i = 0; i < _count; i++)
            _later[i] = _ring[(_first + i) % _ring.Length].Tracks;
        later = _later.AsSpan(0, _count);
        return oldest;
    }

    /// <summary>Lets go of the pictures of every publisher but this one; says how many.</summary>
    public int KeepOnly(int publication)
    {
        var dropped = 0;
        while (_count > 0 && _ring[_first].Policy!.Publication != publication)
        {
            Drop();
            dropped++;
        }

        return dropped;
    }

    public void Dispose() => Clear();

    /// <summary>Lets all pictures go.</summary>
    public void Clear()
    {
        while (_count > 0)
            Drop();
    }

    private void Drop()
    {
        var picture = Pop(out _);
        picture.Frame?.Dispose();
        picture.Frame = null;
    }
}
