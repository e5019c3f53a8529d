using System.Collections.Concurrent;
using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>
/// Stands between a room and its codecs and detectors, writes down what they are given, and reads how long the room's
/// threads were in them. It keeps pictures by reference and copies encoded frames alone, which are small.
/// </summary>
internal sealed class RoomTape(IVideoCodecs codecs, IDetectorShelf shelf) : IVideoCodecs, IDetectorShelf
{
    private readonly ConcurrentDictionary<IDetector, TapedDetector> _detectors = [];
    private readonly ConcurrentQueue<TapedFrame> _free = [];
    private TapedFrame _current = new();
    private EncoderSettings? _opened;

    /// <summary>Frames that the room has done with.</summary>
    public ConcurrentQueue<TapedFrame> Frames { get; } = [];

    /// <summary>The one model that looks.</summary>
    public OnnxDetector? Detector { get; private set; }

    /// <summary>Milliseconds of the room's threads in the decoder and its copy.</summary>
    public double Decoding;

    /// <summary>Milliseconds of the room's threads in filling tensors.</summary>
    public double Filling;

    /// <summary>Milliseconds of the room's threads in inference and reading its answers.</summary>
    public double Looking;

    /// <summary>Milliseconds of the room's threads in the encoder.</summary>
    public double Encoding;

    public RoomParts Wrap(RoomParts parts) => parts with { Codecs = this, Shelf = this };

    IVideoDecoder IVideoCodecs.OpenDecoder(VideoCodec codec, FramePool pool, int maximumPixels) =>
        new TapedDecoder(this, codecs.OpenDecoder(codec, pool, maximumPixels));

    IVideoEncoder IVideoCodecs.OpenEncoder(VideoCodec codec, int bitsPerSecond, double framesPerSecond)
    {
        // The speed at which a live encoder of this size begins, kept, since both sides have to have the same.
        _opened = new EncoderSettings { BitsPerSecond = bitsPerSecond, FramesPerSecond = framesPerSecond, FixedSpeed = 4 };
        return new TapedEncoder(this, VideoCodecs.CreateEncoder(codec, _opened));
    }

    ShelfState IDetectorShelf.Find(string model, out IDetector? detector)
    {
        var state = shelf.Find(model, out detector);
        if (detector is not null)
        {
            Detector = (OnnxDetector)detector;
            detector = _detectors.GetOrAdd(detector, one => new TapedDetector(this, one));
        }

        return state;
    }

    /// <summary>Gives a frame back that the bare side is done with.</summary>
    public void Return(TapedFrame frame)
    {
        frame.Clear();
        _free.Enqueue(frame);
    }

    private void Done()
    {
        _current.DoneAt = Stopwatch.GetTimestamp();
        Frames.Enqueue(_current);
        _current = _free.TryDequeue(out var free) ? free : new TapedFrame();
    }

    private sealed class TapedDecoder(RoomTape tape, IVideoDecoder inner) : IVideoDecoder
    {
        public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
        {
            if (!tape._current.Received.Bytes.IsEmpty)
                tape.Done();
            tape._current.Received.Set(encoded);
            var began = CpuClock.Thread;
            var verdict = inner.Decode(encoded, captureTime, out picture);
            tape.Decoding += CpuClock.Thread - began;
            return verdict;
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class TapedDetector(RoomTape tape, IDetector inner) : IDetector
    {
        public string ModelId => inner.ModelId;

        public IReadOnlyList<string> Labels => inner.Labels;

        public DetectionThresholds Thresholds => inner.Thresholds;

        public InputSize InputSize => inner.InputSize;

        public int InputStep => inner.InputStep;

        public int SmallestFace => inner.SmallestFace;

        public bool TakesTurns => inner.TakesTurns;

        public IDetectorLane OpenLane(int slots) => new TapedLane(tape, inner.OpenLane(slots));

        public void Dispose() => inner.Dispose();
    }

    private sealed class TapedLane(RoomTape tape, IDetectorLane inner) : IDetectorLane
    {
        public int Pending => inner.Pending;

        public void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs, ReadOnlySpan<InputSize> turned) =>
            inner.Prepare(pictureWidth, inputs, turned);

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size) => Sample(frame, window, size, QuarterTurns.None);

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns)
        {
            var began = CpuClock.Thread;
            var sampled = inner.Sample(frame, window, size, turns);
            tape.Filling += CpuClock.Thread - began;
            if (sampled)
                tape._current.Windows.Add((window, size, turns));
            return sampled;
        }

        public DetectionVerdict Infer(DetectionList found)
        {
            var began = CpuClock.Thread;
            var verdict = inner.Infer(found);
            tape.Looking += CpuClock.Thread - began;
            return verdict;
        }

        public void Reset() => inner.Reset();

        public void Dispose() => inner.Dispose();
    }

    private sealed class TapedEncoder(RoomTape tape, IVideoEncoder inner) : IVideoEncoder
    {
        public VideoCodec Codec => inner.Codec;

        public void SetRate(int bitsPerSecond, double framesPerSecond)
        {
            tape._current.Rates.Add((bitsPerSecond, framesPerSecond));
            inner.SetRate(bitsPerSecond, framesPerSecond);
        }

        public EncodedPicture Encode(RedactedFrame frame, bool forceKeyFrame)
        {
            var began = CpuClock.Thread;
            var sent = inner.Encode(frame, forceKeyFrame);
            tape.Encoding += CpuClock.Thread - began;
            var current = tape._current;
            (current.Opened, tape._opened) = (tape._opened, null);
            _ = frame.Picture.AddReference();
            (current.Redacted, current.ForcesKeyFrame) = (frame, forceKeyFrame);
            current.Sent.Set(sent.Payload);
            tape.Done();
            return sent;
        }

        public void Dispose() => inner.Dispose();
    }
}
