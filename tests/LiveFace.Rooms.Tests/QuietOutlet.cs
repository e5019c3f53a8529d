using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>A watcher that keeps nothing, and counts what the sending thread allocates from one picture on.</summary>
internal sealed class QuietOutlet(int begin) : IVideoOutlet
{
    private volatile int _sent;
    private long _before;
    private long _allocated;

    public int Sent => _sent;

    /// <summary>What the sending thread allocated from that send on to the latest.</summary>
    public long Allocated => Interlocked.Read(ref _allocated);

    public VideoCodec Codec => VideoCodec.Vp8;

    public bool IsReady => true;

    public long TargetBitrate => 1_000_000;

    public SendVerdict Send(in SentPicture sent)
    {
        if (_sent == begin)
            _before = ThreadAllocations.Begin();
        else if (_sent > begin)
            Interlocked.Exchange(ref _allocated, ThreadAllocations.Since(_before));
        _sent++;
        return SendVerdict.Sent;
    }
}
