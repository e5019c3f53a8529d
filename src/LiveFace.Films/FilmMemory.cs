using LiveFace.Media.Ffmpeg;

namespace LiveFace.Films;

/// <summary>
/// What the films of one job may take of memory, all together: whoever takes some of it has it until its file is disposed of, and nobody gets more
/// than is left, whatever is written there.
/// </summary>
public sealed class FilmMemory
{
    private readonly Dictionary<MemoryFile, long> _held = [];
    private readonly Lock _lock = new();

    /// <summary>So many bytes.</summary>
    public FilmMemory(long most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        Most = most;
    }

    /// <summary>All of it.</summary>
    public long Most { get; }

    /// <summary>What nobody has.</summary>
    public long Left
    {
        get
        {
            lock (_lock)
                return Most - _held.Values.Sum();
        }
    }

    /// <summary>An empty file of at most so many bytes; null where less is left.</summary>
    public MemoryFile? Take(long bytes)
    {
        lock (_lock)
        {
            if (bytes > Most - _held.Values.Sum())
                return null;
            var file = MemoryFile.Create(bytes);
            _held[file] = bytes;
            file.Disposed = GiveBack;
            return file;
        }
    }

    /// <summary>An empty file that may take all that is left.</summary>
    public MemoryFile TakeRest()
    {
        lock (_lock)
            return Take(Math.Max(0, Most - _held.Values.Sum()))!;
    }

    /// <summary>Gives back what a file that is whole has not taken.</summary>
    public void Trim(MemoryFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        lock (_lock)
            if (_held.ContainsKey(file))
                _held[file] = file.Length;
    }

    private void GiveBack(MemoryFile file)
    {
        lock (_lock)
            _held.Remove(file);
    }
}
