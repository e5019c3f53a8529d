using System.Threading.Channels;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Where encoded frames come into a room. Encoded frames stand on each other, so unlike pictures they cannot be let go
/// one by one: the inlet holds a few, and when the decoder is further behind than that, everything up to the next
/// keyframe goes. Normally it holds none or one. Its frames go round: out of the free ones, into the line, and back.
/// </summary>
internal sealed class EncodedInlet
{
    private readonly Channel<EncodedFrame> _waiting;
    private readonly Channel<EncodedFrame> _free;
    private volatile bool _needsKeyFrame;

    public EncodedInlet(int capacity = 16)
    {
        _waiting = Channel.CreateBounded<EncodedFrame>(capacity);
        _free = Channel.CreateBounded<EncodedFrame>(capacity);
        for (var i = 0; i < capacity; i++)
            Return(new EncodedFrame());
    }

    /// <summary>Lends an empty frame to fill; null when none is free or the frame cannot be used, and says why.</summary>
    public EncodedFrame? Rent(bool isKeyFrame, out PipelineDrop reason)
    {
        reason = PipelineDrop.WaitingForKeyFrame;
        if (_needsKeyFrame && !isKeyFrame)
            return null;
        if (_free.Reader.TryRead(out var frame))
            return frame;
        reason = PipelineDrop.DecodeQueueFull;
        _needsKeyFrame = true;
        return null;
    }

    /// <summary>Puts a filled frame in line.</summary>
    public void Add(EncodedFrame frame)
    {
        if (frame.IsKeyFrame)
            _needsKeyFrame = false;
        Put(_waiting, frame);
    }

    public bool TryTake(out EncodedFrame frame) => _waiting.Reader.TryRead(out frame!);

    public void Return(EncodedFrame frame) => Put(_free, frame);

    private static void Put(Channel<EncodedFrame> channel, EncodedFrame frame)
    {
        if (!channel.Writer.TryWrite(frame))
            throw new InvalidOperationException("There are more frames than were made.");
    }
}
