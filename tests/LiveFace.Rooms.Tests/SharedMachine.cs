using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>
/// One of several rooms that take turns on one processor, in time of its own: each piece of work takes a set time of the
/// processor, and as many times longer as there are rooms. The pipeline is the real one; codecs and model are played, and
/// frames come 30 times a second whatever is still being done.
/// </summary>
internal sealed class SharedMachine : IVideoCodecs, IDetectorShelf, IDetector, IPipelineListener, IVideoOutlet, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(33);
    private static readonly TimeSpan Decoding = TimeSpan.FromMilliseconds(0.6);
    private static readonly TimeSpan Encoding = TimeSpan.FromMilliseconds(2.5);
    private static readonly TimeSpan SmallLook = TimeSpan.FromMilliseconds(1.3);

    private readonly int _rooms;
    private readonly ManualClock _clock = new();
    private readonly FramePool _pool = new();
    private readonly byte[] _encoded = [1];
    private readonly LookAges _ages = new();
    private readonly PolicyBoard _policies = new(PolicyPresets.BlurFaces);
    private readonly RoomPipeline _pipeline;
    private readonly int _source;
    private Exception? _failure;
    private TimeSpan _next;
    private TimeSpan _end;
    private long _decoded;
    private long _turnOfLastDecoded;
    private long _sent;
    private long _looks;
    private TimeSpan _used;

    public SharedMachine(int rooms)
    {
        _rooms = rooms;
        _pipeline = new RoomPipeline(
            "shared", _pool, this, this, _policies,
            new PipelineOptions { DetectionWait = TimeSpan.FromSeconds(20) }, this, _clock);
        _pipeline.SetOutlets([this]);
        _source = _policies.Begin().Publication;
    }

    /// <summary>Lets the room run for a while of its own time, and says what came of it.</summary>
    public async Task<SharedMachineRun> RunAsync(TimeSpan time)
    {
        var before = Read();
        for (_end = _pipeline.Now + time; _next < _end;)
        {
            // Idle until the next frame.
            _clock.Advance(TimeSpan.FromTicks(Math.Max(0, (_next - _pipeline.Now).Ticks)));
            SendNext();
            await UntilIdleAsync();
        }

        _failure.ShouldBeNull();
        return Read() - before;
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _pool.Dispose();
    }

    IVideoDecoder IVideoCodecs.OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) => new Decoder(this);

    IVideoEncoder IVideoCodecs.OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond) => new Encoder(this);

    ShelfState IDetectorShelf.Find(string model, out IDetector? detector)
    {
        detector = this;
        return ShelfState.Ready;
    }

    string IDetector.ModelId => "played";

    IReadOnlyList<string> IDetector.Labels { get; } = ["face"];

    DetectionThresholds IDetector.Thresholds => DetectionThresholds.Default;

    InputSize IDetector.InputSize => new(320, 240);

    int IDetector.InputStep => 32;

    IDetectorLane IDetector.OpenLane(int slots) => new Lane(this, slots);

    void IPipelineListener.NeedsKeyFrame()
    {
    }

    void IPipelineListener.Shown(in ShownPicture picture) => _ages.Count(picture, _pipeline.Vision.Looks[0].Eye);

    void IPipelineListener.Failed(Exception error) => _failure = error;

    VideoCodec IVideoWay.Codec => VideoCodec.Vp8;

    bool IVideoWay.IsReady => true;

    long IVideoWay.TargetBitrate => 2_000_000;

    SendVerdict IVideoOutlet.Send(in SentPicture sent) => SendVerdict.Sent;

    private long Sent => Interlocked.Read(ref _sent);

    private SharedMachineRun Read() => new(
        Sent, _pipeline.Meter.Shown, _pipeline.Meter.Covered, _looks, _pipeline.Meter.Drops(PipelineDrop.Superseded),
        _ages.Old, _ages.OldAndShown, _used);

    private async Task UntilIdleAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!IsIdle())
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whether all that was sent has been worked on to the end, and nothing came up meanwhile.</summary>
    private bool IsIdle()
    {
        var decoded = Interlocked.Read(ref _decoded);
        return _pipeline.Turns > Interlocked.Read(ref _turnOfLastDecoded) && Sent == decoded && Interlocked.Read(ref _decoded) == decoded;
    }

    private void Work(TimeSpan processor)
    {
        _used += processor;
        _clock.Advance(processor * _rooms);
    }

    /// <summary>Called in the middle of work alone, so that what is sent waits for the next turn.</summary>
    private void SendWhatIsDue()
    {
        while (_next <= _pipeline.Now && _next < _end)
            SendNext();
    }

    private void SendNext()
    {
        _next += Interval;
        var number = Interlocked.Increment(ref _sent);
        _pipeline.Receive(
            new ReceivedVideoFrame
            {
                Mid = "0", Codec = RtcCodec.Vp8, Payload = _encoded, RtpTimestamp = (uint)number * PipelineRig.TicksPerFrame,
                ArrivalTime = _pipeline.Now, IsKeyFrame = true, IsContiguous = true,
            }, _source);
    }

    private sealed class Decoder(SharedMachine machine) : IVideoDecoder
    {
        public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
        {
            Interlocked.Exchange(ref machine._turnOfLastDecoded, machine._pipeline.Turns);
            Interlocked.Increment(ref machine._decoded);
            machine.Work(Decoding);
            picture = machine._pool.Rent(640, 480);
            FrameCopy.Fill(picture, 100, 128, 128);
            return DecodeVerdict.Picture;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Encoder(SharedMachine machine) : IVideoEncoder
    {
        public VideoCodec Codec => VideoCodec.Vp8;

        public EncodedPicture Encode(RedactedFrame frame, bool forceKeyFrame)
        {
            machine.Work(Encoding);
            machine.SendWhatIsDue();

            // Only real encoders make pictures that can be sent; here it is their time alone that counts.
            return default;
        }

        public void SetRate(int bitsPerSecond, double framesPerSecond)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Lane(SharedMachine machine, int slots) : IDetectorLane
    {
        private int _pixels;

        public int Pending { get; private set; }

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size)
        {
            if (Pending == slots)
                return false;
            Pending++;
            _pixels += size.Area;
            return true;
        }

        public DetectionVerdict Infer(DetectionList found)
        {
            machine._looks++;
            machine.Work(SmallLook * (_pixels / (320.0 * 240)));
            machine.SendWhatIsDue();
            Reset();
            return DetectionVerdict.Seen;
        }

        public void Reset() => Pending = _pixels = 0;

        public void Dispose()
        {
        }
    }
}
