using LiveFace.Media.Frames;
using LiveFace.Restoration.Fit;

namespace LiveFace.Restoration;

/// <summary>
/// Takes marks off the pictures of a film. Marks stand still while pictures move, so each picture's mask, and the mark itself, is a running mean of those
/// before it: what the net overlooks in one picture is taken off all the same, and what it takes for marked in one is left.
/// </summary>
public sealed class SteadyMask(WatermarkRemover remover)
{
    // What the newest picture counts for, of 256: about the last eight pictures say where the mark is.
    private const int Newest = 32;

    private byte[] _mask = [];
    private byte[] _cover = [];
    private ushort[] _mean = [];
    private ushort[] _meanCover = [];
    private Mark? _mark;
    private (int Width, int Height) _size;

    /// <summary>Pictures that something was taken off.</summary>
    public long Changed { get; private set; }

    /// <summary>Takes the mark off a film's next picture, in place.</summary>
    public void Remove(VideoFrame frame, CancellationToken cancel)
    {
        var look = remover.Look(frame, cancel);
        var isFirst = _size != (look.Width, look.Height);
        if (isFirst)
            Begin(look);
        if (look.Found is { } found)
            _mark = _mark?.Towards(found, Newest / 256.0) ?? found;
        var marked = 0;
        for (var i = 0; i < _mask.Length; i++)
        {
            // A picture of which it is said that nothing is marked says so of its stray pixels as well.
            var now = look.IsEmpty ? 0 : look.Mask[i] << 8;
            _mask[i] = Steadied(ref _mean[i], now, isFirst);
            if (!look.IsEmpty)
                _cover[i] = Steadied(ref _meanCover[i], look.Cover[i] << 8, isFirst);
            marked += _mask[i] >= MarkLook.Marked ? 1 : 0;
        }

        if (marked == 0 || _mark is not { } mark)
            return;
        Changed++;
        MarkRepair.Apply(frame, _mask, _cover, mark);
    }

    private void Begin(MarkLook look)
    {
        (_size, _mark) = ((look.Width, look.Height), null);
        (_mask, _cover) = (new byte[look.Mask.Length], (byte[])look.Cover.Clone());
        (_mean, _meanCover) = (new ushort[look.Mask.Length], Array.ConvertAll(look.Cover, value => (ushort)(value << 8)));
    }

    private static byte Steadied(ref ushort mean, int now, bool isFirst)
    {
        mean = (ushort)(isFirst ? now : mean + (now - mean) * Newest / 256);
        return (byte)(mean >> 8);
    }
}
