namespace LiveFace.Films;

/// <summary>How the files of films lie on the disk: as they are, or so that only whoever has a key can read them.</summary>
public abstract class FilmVault
{
    /// <summary>Files as they are.</summary>
    public static FilmVault Plain { get; } = new PlainVault();

    /// <summary>
    /// What films may take of memory where none may lie on a disk as it is: what FFmpeg reads and writes is there then. Null where FFmpeg
    /// opens the files themselves.
    /// </summary>
    public virtual FilmMemory? Memory => null;

    /// <summary>Opens a file; any place of it can be read.</summary>
    /// <exception cref="IOException">It is not there, or not as it was written.</exception>
    public abstract Stream OpenRead(string path);

    /// <summary>Makes a file, or makes it anew. It is whole once the stream is closed.</summary>
    public abstract Stream Create(string path);

    /// <summary>Adds to a file, which is made where there is none; the disk has it afterwards.</summary>
    public abstract void Append(string path, ReadOnlySpan<byte> bytes);

    private sealed class PlainVault : FilmVault
    {
        public override Stream OpenRead(string path) => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);

        public override Stream Create(string path) => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);

        public override void Append(string path, ReadOnlySpan<byte> bytes)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
    }
}
