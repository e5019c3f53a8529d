using System.Runtime.CompilerServices;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Working memory that grows to the largest size asked for and then stays, pinned so that kernels may point into it.
/// </summary>
internal sealed unsafe class Scratch
{
    private byte[] _memory = [];

    /// <summary>At least this many bytes, with whatever the last user left in them.</summary>
    public byte* Get(int bytes)
    {
        if (_memory.Length < bytes)
            _memory = GC.AllocateUninitializedArray<byte>(Math.Max(bytes, Math.Min(_memory.Length * 2, 1 << 24)), pinned: true);
        return (byte*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_memory));
    }
}
