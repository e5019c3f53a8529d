using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;
using LiveFace.WebRtc;

namespace LiveFace.Accuracy.Promise;

/// <summary>
/// A room of the product without a network, with one watcher, to which a clip is sent at the pace of a camera. What it makes
/// of it hangs on how much of the machine is free.
/// </summary>
internal sealed class RoomOnClock : IDetectorShelf, IPipelineListener, IVideoOutlet, IDisposable
{
    // What a room begins with is not its usual pace.
    private const int FirstFrames = 45;

    private readonly IReadOnlyDictionary<string, IDetector> _detectors;
    private readonly RoomPipeline _pipeline;
    private readonly int _source;
    private int _frames;
    private TimeSpan _first;
    private TimeSpan _last;

    public RoomOnClock(RedactionPolicy policy, IReadOnlyDictionary<string, IDetector> detectors, PipelineOptions options)
    {
        _detectors = detectors;
        var policies = new PolicyBoard(policy);
        _pipeline = new RoomPipeline("promise", new FramePool(), new LiveCodecs(), this, policies, options, this, TimeProvider.System);
        _pipeline.SetOutlets([this]);
        _source = policies.Begin(policy).Publication;
    }

    /// <summary>Pictures that counted.</summary>
    public int Shown { get; private set; }

    public int Covered { get; private set; }

    /// <summary>Sum of the parts of pictures that were hidden for want of a look.</summary>
    public double Unseen { get; private set; }

    /// <summary>Pictures that did not have a look of their own.</summary>
    public int Late { get; private set; }

    /// <summary>Pictures a second.</summary>
    public double PerSecond => Shown / (_last - _first).TotalSeconds;

    public PipelineMeter Meter => _pipeline.Meter;

    VideoCodec IVideoWay.Codec => VideoCodec.Vp8;

    bool IVideoWay.IsReady => true;

    long IVideoWay.TargetBitrate => EncodedClip.BitsPerSecond;

    public async Task PlayAsync(IReadOnlyList<(byte[] Payload, bool IsKeyFrame)> clip)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < clip.Count; i++)
        {
            if (OrdinaryClip.TimeOf(i) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                await Task.Delay(early);
            _pipeline.Receive(new ReceivedVideoFrame
            {
                Mid = "0", Codec = RtcCodec.Vp8, Payload = clip[i].Payload, RtpTimestamp = (uint)i * 3000, ArrivalTime = _pipeline.Now,
                IsKeyFrame = clip[i].IsKeyFrame, IsContiguous = true,
            }, _source);
        }

        await Task.Delay(200);
    }

    public void Dispose() => _pipeline.Dispose();

    ShelfState IDetectorShelf.Find(string model, out IDetector? detector)
    {
        detector = _detectors[model];
        return ShelfState.Ready;
    }

    SendVerdict IVideoOutlet.Send(in SentPicture sent) => SendVerdict.Sent;

    void IPipelineListener.NeedsKeyFrame()
    {
    }

    void IPipelineListener.Failed(Exception error) => Console.Error.WriteLine(error);

    void IPipelineListener.Shown(in ShownPicture picture)
    {
        if (_frames++ < FirstFrames)
            return;
        _first = Shown++ == 0 ? picture.Now : _first;
        _last = picture.Now;
        Covered += picture.Decision.IsCovered ? 1 : 0;
        Late += picture.Decision.Age > TimeSpan.Zero ? 1 : 0;
        Unseen += picture.Redactor.Unseen;
    }
}
