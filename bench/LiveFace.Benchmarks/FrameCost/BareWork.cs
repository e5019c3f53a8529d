using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>
/// What nobody can save, on what the room's tape says: decoding the same frames, the model on the same windows, encoding
/// the same redacted pictures with the same settings. Filling the model's tensors is not counted.
/// </summary>
internal sealed unsafe class BareWork : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly BareDecoder _decoder = new();
    private BareWindows? _windows;
    private IVideoEncoder? _encoder;

    /// <summary>Milliseconds spent in libvpx's decoder.</summary>
    public double Decoding { get; private set; }

    /// <summary>Milliseconds spent in ONNX Runtime.</summary>
    public double Looking { get; private set; }

    /// <summary>Milliseconds spent in libvpx's encoder.</summary>
    public double Encoding { get; private set; }

    public long Windows { get; private set; }

    public long Frames { get; private set; }

    /// <summary>Frames that were encoded to the very bytes that the room sent.</summary>
    public long Same { get; private set; }

    public void Do(TapedFrame frame, OnnxDetector detector)
    {
        var began = CpuClock.Thread;
        var image = _decoder.Decode(frame.Received.Bytes);
        Decoding += CpuClock.Thread - began;
        if (image is not null && frame.Windows.Count > 0)
            Look(image, frame, detector);
        if (frame.Redacted is { } redacted)
            using (redacted.Picture)
                Encode(redacted, frame);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _encoder?.Dispose();
        _windows?.Dispose();
        _pool.Dispose();
    }

    private void Look(BareDecoder.Image* image, TapedFrame frame, OnnxDetector detector)
    {
        using var picture = _pool.Rent((int)image->Width, (int)image->Height);
        BareDecoder.Copy(image, picture);
        _windows ??= new BareWindows(detector);
        _windows.Fill(picture, frame.Windows);
        var began = CpuClock.Thread;
        _windows.Run();
        Looking += CpuClock.Thread - began;
        Windows += frame.Windows.Count;
    }

    private void Encode(RedactedFrame picture, TapedFrame frame)
    {
        if (frame.Opened is { } settings)
        {
            _encoder?.Dispose();
            _encoder = VideoCodecs.CreateEncoder(VideoCodec.Vp8, settings);
        }

        foreach (var (bitsPerSecond, framesPerSecond) in frame.Rates)
            _encoder!.SetRate(bitsPerSecond, framesPerSecond);
        var began = CpuClock.Thread;
        var encoded = _encoder!.Encode(picture, frame.ForcesKeyFrame).Payload;
        Encoding += CpuClock.Thread - began;
        Frames++;
        if (encoded.SequenceEqual(frame.Sent.Bytes))
            Same++;
    }
}
