using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;

namespace LiveFace.Films.OnePass;

/// <summary>The pictures that were looked at and wait for those behind them, oldest first. Places are used again.</summary>
internal sealed class LookAhead : IDisposable
{
    private readonly VideoFrame?[] _frames;
    private readonly FrameTracks[] _tracks;
    private readonly FrameTracks[] _later;
    private int _first;

    public LookAhead(int longest)
    {
        _frames = new VideoFrame?[longest + 1];
        _tracks = [.. _frames.Select(_ => new FrameTracks())];
        _later = new FrameTracks[longest];
    }

    public int Count { get; private set; }

    /// <summary>Takes a picture in, with its reference; its tracks are to be written to what comes back.</summary>
    public FrameTracks Next(VideoFrame frame)
    {
        var place = (_first + Count++) % _frames.Length;
        _frames[place] = frame;
        return _tracks[place];
    }

    /// <summary>The oldest picture, whose reference is the caller's, and the tracks of those behind it, oldest first.</summary>
    public VideoFrame Pop(out FrameTracks tracks, out ReadOnlySpan<FrameTracks> later)
    {
        var frame = _frames[_first]!;
        tracks = _tracks[_first];
        _frames[_first] = null;
        _first = (_first + 1) % _frames.Length;
        Count--;
        for (var i = 0; i < Count; i++)
            _later[i] = _tracks[(_first + i) % _frames.Length];
        later = _later.AsSpan(0, Count);
        return frame;
    }

    public void Dispose()
    {
        while (Count > 0)
            Pop(out _, out _).Dispose();
    }
}
