using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>
/// A room's pipeline with real codecs and the real face model, without a network: encoded frames go in as if they had
/// been received, and come out to watchers that decode them.
/// </summary>
internal sealed class PipelineRig : IDetectorShelf, IPipelineListener, IDisposable
{
    public const uint TicksPerFrame = 3000;
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(33);

    private readonly Dictionary<string, IDetector> _detectors = [];
    private readonly FramePool _pool = new();
    private int _source;
    private int _sent;

    private PipelineRig(
        RedactionPolicy policy, IDetector faces, PipelineOptions options, Func<string?, OverlayPicture?>? stickers, IVideoCodecs codecs,
        IDetectorShelf? shelf)
    {
        Faces = new FaultyDetector(faces);
        _detectors["faces"] = Faces;
        Policies = new PolicyBoard(policy);
        Pipeline = new RoomPipeline("test", _pool, codecs, shelf ?? this, Policies, options, this, Clock, stickers);
        Watcher = new CapturingOutlet();
        Pipeline.SetOutlets([Watcher]);
        _source = Policies.Begin().Publication;
    }

    public ManualClock Clock { get; } = new();

    public FaultyDetector Faces { get; }

    public PolicyBoard Policies { get; }

    public RoomPipeline Pipeline { get; }

    public CapturingOutlet Watcher { get; }

    /// <summary>What the shelf says of every model.</summary>
    public ShelfState Shelf { get; set; } = ShelfState.Ready;

    /// <summary>What reads faces, if anything does.</summary>
    public IFaceReaders? Readers { get; set; }

    public int KeyFramesAsked { get; private set; }

    public List<Exception> Errors { get; } = [];

    /// <summary>Waits long for each frame's own detection, so that what a test sees does not hang on the machine's load.</summary>
    public static async Task<PipelineRig> StartAsync(
        RedactionPolicy? policy = null, bool patient = true, Func<string?, OverlayPicture?>? stickers = null, IVideoCodecs? codecs = null,
        IDetectorShelf? shelf = null) => new(
        policy ?? PolicyPresets.BlurFaces, await RealModels.FacesAsync(),
        new PipelineOptions { DetectionWait = TimeSpan.FromMilliseconds(patient ? 20_000 : 1), MaximumFrameRate = 1000 },
        stickers, codecs ?? new LiveCodecs(), shelf);

    public void AddModel(string name, IDetector detector) => _detectors[name] = detector;

    /// <summary>The time from one frame to the next.</summary>
    public TimeSpan Interval { get; set; } = Frame;

    /// <summary>Sends a frame of a clip in, a frame's time after the last.</summary>
    public void Send(EncodedClip clip, int index, VideoRotation rotation = VideoRotation.None) =>
        Send(clip.Payload(index), clip.Codec, clip.IsKeyFrame(index), rotation);

    public void Send(byte[] payload, RtcCodec codec = RtcCodec.Vp8, bool isKeyFrame = false, VideoRotation rotation = VideoRotation.None)
    {
        Clock.Advance(Interval);
        Pipeline.Receive(new ReceivedVideoFrame
        {
            Mid = "0", Codec = codec, Payload = payload, RtpTimestamp = (uint)_sent++ * TicksPerFrame,
            ArrivalTime = Pipeline.Now, IsKeyFrame = isKeyFrame, IsContiguous = true, Rotation = rotation,
        }, _source);
    }

    /// <summary>Sends a frame in and waits for it to come out.</summary>
    public async Task<SeenPicture> PassAsync(EncodedClip clip, int index, VideoRotation rotation = VideoRotation.None)
    {
        Send(clip, index, rotation);
        return await Watcher.NextAsync();
    }

    /// <summary>How much of the face a watcher sees.</summary>
    public static double FaceIn(SeenPicture picture, EncodedClip clip, int index)
    {
        (picture.Width, picture.Height).ShouldBe((clip.Scene.Width, clip.Scene.Height));
        return FaceIdentity.LikenessOf(clip.Luma(index), picture.Luma, picture.Width, picture.Height, clip.Face(index));
    }

    /// <summary>Which part of the picture is as it was, but for what a codec does to it.</summary>
    public static double Unchanged(SeenPicture picture, EncodedClip clip, int index)
    {
        var before = clip.Luma(index);
        return picture.Luma.Where((after, i) => Math.Abs(after - before[i]) < 16).Count() / (double)before.Length;
    }

    /// <summary>The publisher goes and comes back.</summary>
    public void Reconnect() => Replace(null);

    /// <summary>Somebody else takes over, and asks for a policy or for nothing.</summary>
    public void Replace(RedactionPolicy? asked)
    {
        (_source, _sent) = (Policies.Begin(asked).Publication, 777);
        Pipeline.PublisherChanged();
    }

    /// <summary>The publisher leaves and nobody follows.</summary>
    public void Leave()
    {
        Policies.TryEnd(_source).ShouldBeTrue();
        Pipeline.PublisherChanged();
    }

    public int Source => _source;

    ShelfState IDetectorShelf.Find(string model, out IDetector? detector)
    {
        detector = Shelf == ShelfState.Ready ? _detectors.GetValueOrDefault(model) : null;
        return detector is null && Shelf == ShelfState.Ready ? ShelfState.Missing : Shelf;
    }

    ShelfState IDetectorShelf.FindReaders(FaceTraits traits, out IFaceReaders? readers)
    {
        readers = Readers;
        return readers is null ? ShelfState.Missing : ShelfState.Ready;
    }

    void IPipelineListener.NeedsKeyFrame() => KeyFramesAsked++;

    void IPipelineListener.Shown(in ShownPicture picture) => LastShown?.Invoke(picture);

    void IPipelineListener.Failed(Exception error) => Errors.Add(error);

    public delegate void ShownHandler(in ShownPicture picture);

    public ShownHandler? LastShown { get; set; }

    public void Dispose()
    {
        Faces.Dispose();
        Pipeline.Dispose();
        Errors.ShouldBeEmpty();
    }
}
