using LiveFace.Media.Frames;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// One stream's tensors on a shared session. Slots are made for the sizes that are prepared or asked for and used again;
/// when the picture changes its size, those of the old one make room.
/// </summary>
internal sealed class OnnxDetectorLane : IDetectorLane
{
    private readonly OnnxDetector _detector;
    private readonly RunOptions _options = new();
    private readonly List<OnnxSlot> _slots = [];
    private readonly OnnxSlot[] _sampled;
    private readonly BatchLook _look;
    private readonly TurnedTensors _turned;

    public OnnxDetectorLane(OnnxDetector detector, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        _detector = detector;
        _sampled = new OnnxSlot[slots];
        _look = new BatchLook(slots);
        _turned = new TurnedTensors(detector);
        detector.Batcher?.Join();
    }

    public int Pending { get; private set; }

    public void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs, ReadOnlySpan<InputSize> turned)
    {
        Reset();
        _turned.Prepare(pictureWidth, turned);
        var kept = 0;
        foreach (var size in inputs)
        {
            var at = _slots.FindIndex(kept, slot => slot.Size == size);
            if (at < 0)
            {
                at = _slots.Count;
                _slots.Add(new OnnxSlot(_detector, size));
            }

            (_slots[kept], _slots[at]) = (_slots[at], _slots[kept]);
            _slots[kept++].Prepare(pictureWidth);
        }

        foreach (var slot in _slots.Skip(kept))
            slot.Dispose();
        _slots.RemoveRange(kept, _slots.Count - kept);
    }

    public bool Sample(VideoFrame frame, PixelRect window, InputSize size) => Sample(frame, window, size, QuarterTurns.None);

    public bool Sample(VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns)
    {
        if (Pending == _sampled.Length)
            return false;
        var slot = Take(size);
        slot.Sample(frame, window, turns, _turned);
        slot.InUse = true;
        _sampled[Pending++] = slot;
        return true;
    }

    public DetectionVerdict Infer(DetectionList found)
    {
        var batched = LookTogether();
        var verdict = DetectionVerdict.Seen;
        for (var i = 0; i < Pending; i++)
        {
            var one = batched ? Answer(_sampled[i], found) : _sampled[i].Infer(_options, found);
            if (one != DetectionVerdict.Seen)
                verdict = one;

            // A full list stays full: the other windows could add nothing but time.
            if (one == DetectionVerdict.TooMany)
                break;
        }

        Reset();
        return verdict;
    }

    /// <summary>Whether the windows were given to the batches that all rooms share.</summary>
    private bool LookTogether()
    {
        if (_detector.Batcher is not { } batcher || Pending == 0)
            return false;
        _look.Clear();
        for (var i = 0; i < Pending; i++)
            _look.Add(_sampled[i].Ticket);
        batcher.Run(_look);
        return true;
    }

    private static DetectionVerdict Answer(OnnxSlot slot, DetectionList found) =>
        slot.Ticket.State == BatchState.Done ? slot.Read(found) : DetectionVerdict.Failed;

    public void Reset()
    {
        for (var i = 0; i < Pending; i++)
            _sampled[i].InUse = false;
        Pending = 0;
    }

    public void Dispose()
    {
        _detector.Batcher?.Leave(_look);
        foreach (var slot in _slots)
            slot.Dispose();
        _slots.Clear();
        _options.Dispose();
    }

    private OnnxSlot Take(InputSize size)
    {
        foreach (var slot in _slots)
            if (!slot.InUse && slot.Size == size)
                return slot;
        // Twice the number lets sizes alternate under a changing budget without making slots anew each time.
        if (_slots.Count >= 2 * _sampled.Length)
        {
            var idle = _slots.FindIndex(static slot => !slot.InUse);
            _slots[idle].Dispose();
            _slots.RemoveAt(idle);
        }

        var made = new OnnxSlot(_detector, size);
        _slots.Add(made);
        return made;
    }
}
