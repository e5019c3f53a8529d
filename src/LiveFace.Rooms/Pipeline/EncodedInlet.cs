namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Where encoded frames come into a room. Encoded frames stand on each other, so unlike pictures they cannot be let go
/// one by one: the inlet holds a few, and when the decoder is further behind than that, everything up to the next
/// keyframe goes. Normally it holds none or one.
/// </summary>
internal sealed class EncodedInlet(int capacity = 16)
{
    private readonly Lock _gate = new();
    private readonly Queue<EncodedFrame> _waiting = new(capacity);
    private readonly Stack<EncodedFrame> _free = new(Enumerable.Range(0, capacity).Select(_ => new EncodedFrame()));
    private bool _needsKeyFrame;

    /// <summary>Lends an empty frame to fill; null when none is free or the frame cannot be used, and says why.</summary>
    public EncodedFrame? Rent(bool isKeyFrame, out PipelineDrop reason)
    {
        reason = default;
        lock (_gate)
        {
            if (_needsKeyFrame && !isKeyFrame)
            {
                reason = PipelineDrop.WaitingForKeyFrame;
                return null;
            }

            if (_free.TryPop(out var frame))
                return frame;
            reason = PipelineDrop.DecodeQueueFull;
            _needsKeyFrame = true;
            return null;
        }
    }

    /// <summary>Puts a filled frame in line.</summary>
    public void Add(EncodedFrame frame)
    {
        lock (_gate)
        {
            if (frame.IsKeyFrame)
                _needsKeyFrame = false;
            _waiting.Enqueue(frame);
        }
    }

    public bool TryTake(out EncodedFrame frame)
    {
        lock (_gate)
            return _waiting.TryDequeue(out frame!);
    }

    public void Return(EncodedFrame frame)
    {
        lock (_gate)
            _free.Push(frame);
    }
}
