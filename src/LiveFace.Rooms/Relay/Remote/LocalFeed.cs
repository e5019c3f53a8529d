using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>
/// A lane at the room itself, on the node that has become its owner: what the encoder makes goes to the lane's viewers at once, without a copy
/// and without a stream, and their wishes to the encoder.
/// </summary>
internal sealed class LocalFeed(RelayLane lane, long epoch, Action<VideoCodec> wishKeyFrame, Action<IRoomFeed> leave) : IRoomFeed, IDisposable
{
    private static readonly TimeSpan BetweenDemands = TimeSpan.FromMilliseconds(20);

    // Not disposed, because the room may let go at any time; it holds nothing.
    private readonly CancellationTokenSource _end = new();
    private long _target;
    private volatile int _viewers;
    private volatile bool _sound;
    private volatile bool _ended;
    private int _keyFrames;

    public VideoCodec Codec => lane.Codec;

    public bool IsReady => _viewers > 0 && !_ended;

    public long TargetBitrate => Interlocked.Read(ref _target);

    public int Viewers => Math.Max(1, _viewers);

    public int Watching => _viewers;

    public SendVerdict Send(in SentPicture sent)
    {
        lane.Take(sent, epoch);
        return SendVerdict.Sent;
    }

    public void Send(in OutgoingAudioPacket packet)
    {
        if (_sound && !_ended)
            lane.Take(packet, epoch);
    }

    public void End()
    {
        if (_ended)
            return;
        _ended = true;
        _end.Cancel();
    }

    /// <summary>Passes wishes on until the room or the lane has ended.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
        lane.Opened();
        try
        {
            do
            {
                if (lane.TryTakeDemand(out var demand))
                    Take(demand);
                await Task.Delay(BetweenDemands, clock, either.Token);
            }
            while (await lane.WaitAsync().AsTask().WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The room has ended here; the next try finds who has it.
        }
    }

    public void Dispose()
    {
        _ended = true;
        leave(this);
    }

    private void Take(in RelayDemand demand)
    {
        Interlocked.Exchange(ref _target, demand.TargetBitrate);
        _viewers = demand.Viewers;
        _sound = demand.Sound;
        if (demand.KeyFrames > Interlocked.Exchange(ref _keyFrames, demand.KeyFrames))
            wishKeyFrame(Codec);
    }
}
