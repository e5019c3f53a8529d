using LiveFace.Media.Sandbox.Native;
using Microsoft.Win32.SafeHandles;

namespace LiveFace.Media.Sandbox;

/// <summary>
/// The memory that the server shares with one worker: what is to be done, the encoded bytes, and the picture. The worker
/// can change any of it at any time, so the server reads each number once, checks it, and copies pictures out before
/// anything looks at them. Pages are taken as they are touched.
/// </summary>
internal sealed unsafe class WorkerArea : IDisposable
{
    /// <summary>The largest picture file that is taken.</summary>
    public const int InputBytes = 32 << 20;

    /// <summary>The planes of the largest picture that is taken, 64 megapixels, with rows of full alignment.</summary>
    public const int OutputBytes = 112 << 20;

    private const int ControlBytes = 4096;
    private const long Bytes = ControlBytes + (long)InputBytes + OutputBytes;

    private readonly SafeFileHandle? _file;
    private byte* _start;

    private WorkerArea(SafeFileHandle file, bool keeps)
    {
        _start = Posix.Map(file, Bytes);
        if (keeps)
            _file = file;
        else
            file.Dispose();
    }

    /// <summary>Under which the worker opens it, as long as the server holds it.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_file!.DangerousGetHandle()}";

    public WorkerControl* Control => (WorkerControl*)_start;

    public byte* Input => _start + ControlBytes;

    public byte* Output => _start + ControlBytes + InputBytes;

    public static WorkerArea Create() => new(Posix.CreateSealedMemory("liveface-worker", Bytes), keeps: true);

    public static WorkerArea Open(string path) => new(Posix.OpenForBoth(path), keeps: false);

    public void Dispose()
    {
        if (_start == null)
            return;
        Posix.Unmap(_start, Bytes);
        _start = null;
        _file?.Dispose();
    }
}
