using LiveFace.Films;
using LiveFace.Storage.Encryption;

namespace LiveFace.Features.Jobs.State;

/// <summary>
/// The files of one job, encrypted with a key that is this job's alone, each bound to its name. What is not encrypted is not read
/// either: nobody puts a file of their own in a job's folder.
/// </summary>
internal sealed class JobVault(FileKey key, long largest) : FilmVault
{
    /// <summary>A file that grows has this behind its name, and is moved when it is whole.</summary>
    private const string Part = ".part";

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public override FilmMemory? Memory { get; } = new(largest);

    public override Stream OpenRead(string path) => Sealed(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, (file, name) =>
        new SealedReader(SealedChunks.Open(file, key, name)));

    public override Stream Create(string path) => Sealed(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, (file, name) =>
        SealedWriter.Begin(SealedChunks.Create(file, key, name)));

    public override void Append(string path, ReadOnlySpan<byte> bytes)
    {
        using (var whole = Create(path + Part))
        {
            if (File.Exists(path))
                using (var before = OpenRead(path))
                    before.CopyTo(whole);
            whole.Write(bytes);
        }

        File.Move(path + Part, path, overwrite: true);
    }

    /// <summary>Opens a file that is still to grow, or makes it.</summary>
    public SealedWriter Continue(string path) => Sealed(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, (file, name) =>
        SealedWriter.Continue(RandomAccess.GetLength(file) < SealedChunks.HeadBytes ? SealedChunks.Create(file, key, name) : SealedChunks.Open(file, key, name)));

    /// <summary>Encrypts a file that lies there as it is; one that is encrypted stays.</summary>
    public void Enclose(string path)
    {
        using (var plain = File.OpenRead(path))
        {
            if (StartsSealed(plain))
                return;
            using var whole = Create(path + Part);
            plain.CopyTo(whole);
        }

        File.Move(path + Part, path, overwrite: true);
    }

    /// <summary>Whether a file can be read with this key, or by nobody who has another.</summary>
    public static bool Opens(FileKey? key, string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[SealedChunks.HeadBytes];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return !SealedChunks.IsSealed(head) || (key is not null && SealedChunks.HasSealed(key, head));
    }

    private static bool StartsSealed(FileStream file)
    {
        Span<byte> head = stackalloc byte[SealedChunks.HeadBytes];
        var isSealed = SealedChunks.IsSealed(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        file.Position = 0;
        return isSealed;
    }

    private static T Sealed<T>(string path, FileMode mode, FileAccess access, FileShare share, Func<Microsoft.Win32.SafeHandles.SafeFileHandle, string, T> open)
    {
        var file = File.OpenHandle(path, mode, access, share);
        try
        {
            if (access != FileAccess.Read && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, OwnerFile);
            var name = Path.GetFileName(path);
            return open(file, name.EndsWith(Part, StringComparison.Ordinal) ? name[..^Part.Length] : name);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
