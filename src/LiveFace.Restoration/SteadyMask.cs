using LiveFace.Media.Frames;

namespace LiveFace.Restoration;

/// <summary>
/// Takes marks off the pictures of a film. Marks stand still while pictures move, so each picture's mask is a running mean of those
/// before it: what the net overlooks in one picture is taken off all the same, and what it takes for marked in one is left.
/// </summary>
public sealed class SteadyMask(WatermarkRemover remover)
{
    // What the newest picture counts for, of 256: about the last eight pictures say where the mark is.
    private const int Newest = 32;

    private byte[] _mask = [];
    private ushort[] _mean = [];
    private (int Width, int Height) _size;

    /// <summary>Pictures that something was taken off.</summary>
    public long Changed { get; private set; }

    /// <summary>Takes the mark off a film's next picture, in place.</summary>
    public void Remove(VideoFrame frame, CancellationToken cancel)
    {
        var look = remover.Look(frame, cancel);
        var isFirst = _size != (look.Width, look.Height);
        if (isFirst)
            (_size, _mask, _mean) = ((look.Width, look.Height), new byte[look.Mask.Length], new ushort[look.Mask.Length]);
        var marked = 0;
        for (var i = 0; i < _mask.Length; i++)
        {
            // A picture of which the net says that nothing is marked says so of its stray pixels as well.
            var now = look.IsEmpty ? 0 : look.Mask[i] << 8;
            var mean = isFirst ? now : _mean[i] + (now - _mean[i]) * Newest / 256;
            _mean[i] = (ushort)mean;
            _mask[i] = (byte)(mean >> 8);
            marked += _mask[i] >= MarkLook.Marked ? 1 : 0;
        }

        if (marked == 0)
            return;
        Changed++;
        WatermarkRemover.Repair(frame, look, _mask);
    }
}
