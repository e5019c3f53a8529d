using LiveFace.Media.Sandbox.Native;
using Microsoft.Win32.SafeHandles;

namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// A file in memory that FFmpeg reads or writes as any other, at any place of it. It has no name and lies on no disk; it is gone
/// with its handle, however the process ends (Linux).
/// </summary>
public sealed class MemoryFile : IDisposable
{
    private readonly SafeFileHandle _file;

    private MemoryFile(SafeFileHandle file, long largest) => (_file, Largest) = (file, largest);

    /// <summary>How large it may be.</summary>
    public long Largest { get; }

    /// <summary>How large it is.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Told once it is gone.</summary>
    public Action<MemoryFile>? Disposed { get; set; }

    /// <summary>By which this process and those that it starts open it.</summary>
    internal string Path => $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}";

    /// <summary>An empty file.</summary>
    public static MemoryFile Create(long largest) => new(Posix.CreateMemory("liveface film"), largest);

    /// <summary>Its bytes from the beginning on.</summary>
    public Stream OpenRead() => Open(FileAccess.Read);

    /// <summary>Takes its bytes from the beginning on.</summary>
    public Stream OpenWrite() => Open(FileAccess.ReadWrite);

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        Disposed?.Invoke(this);
    }

    private FileStream Open(FileAccess access) => new(Path, FileMode.Open, access, FileShare.ReadWrite, 1 << 16);
}
