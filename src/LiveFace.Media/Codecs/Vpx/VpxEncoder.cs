using System.Diagnostics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>VP8 and VP9 by libvpx, set up for live pictures: no look-ahead, one pass, constant rate, keyframes on demand.</summary>
internal sealed unsafe class VpxEncoder : IVideoEncoder
{
    /// <summary>Errors in a row after which encoding this stream is given up.</summary>
    private const int MaximumFailures = 3;

    private readonly EncoderSettings _settings;
    private readonly nint _codec;
    private VpxContext? _context;
    private EncoderSpeed _speed;
    private VpxImage _image;
    private int _bitsPerSecond;
    private double _framesPerSecond;
    private int _openedWidth;
    private int _openedHeight;
    private long _time;
    private int _failures;
    private bool _disposed;

    public VpxEncoder(VideoCodec codec, EncoderSettings settings)
    {
        Codec = codec;
        _settings = settings;
        _codec = codec == VideoCodec.Vp8 ? VpxLibrary.Vp8Encoder() : VpxLibrary.Vp9Encoder();
        _bitsPerSecond = settings.BitsPerSecond;
        _framesPerSecond = settings.FramesPerSecond;
        _speed = new EncoderSpeed(settings.LoadShare, settings.FixedSpeed, 0);
    }

    public VideoCodec Codec { get; }

    public void SetRate(int bitsPerSecond, double framesPerSecond)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        bitsPerSecond = RateLimits.Clamp(bitsPerSecond);
        framesPerSecond = RateLimits.Clamp(framesPerSecond);
        if (bitsPerSecond == _bitsPerSecond && framesPerSecond.Equals(_framesPerSecond))
            return;

        _bitsPerSecond = bitsPerSecond;
        _framesPerSecond = framesPerSecond;
        if (_context is null)
            return;
        VpxLiveSettings.SetRate(_context.Configuration, bitsPerSecond);
        _ = VpxLibrary.SetConfiguration(_context.Pointer, _context.Configuration);
    }

    public EncodedPicture Encode(RedactedFrame frame, bool forceKeyFrame)
    {
        var payload = EncodeInto(frame, forceKeyFrame, out var isKeyFrame);
        return new EncodedPicture(payload, Codec, isKeyFrame);
    }

    private ReadOnlySpan<byte> EncodeInto(RedactedFrame frame, bool forceKeyFrame, out bool isKeyFrame)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var picture = frame.Picture;
        var sizeChanged = Prepare(picture.Width, picture.Height);
        Describe(picture);

        var started = Stopwatch.GetTimestamp();
        var duration = (long)Math.Round(VpxLiveSettings.Timebase / _framesPerSecond);
        nint flags = forceKeyFrame || sizeChanged ? VpxLibrary.ForceKeyFrame : 0;
        int result;
        fixed (VpxImage* image = &_image)
            result = VpxLibrary.Encode(_context!.Pointer, image, _time, (nuint)duration, flags, VpxLibrary.RealTimeDeadline);
        _time += duration;
        isKeyFrame = false;
        if (result != VpxLibrary.Ok)
            return Fail(result);

        _failures = 0;
        if (_speed.Report(Stopwatch.GetElapsedTime(started), _framesPerSecond))
            SetSpeed();
        return TakePacket(out isKeyFrame);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _context?.Dispose();
    }

    private ReadOnlySpan<byte> TakePacket(out bool isKeyFrame)
    {
        void* iterator = null;
        VpxPacket* packet;
        while ((packet = VpxLibrary.NextPacket(_context!.Pointer, &iterator)) is not null)
        {
            if (packet->Kind != VpxPacket.KindFrame)
                continue;
            isKeyFrame = (packet->Flags & VpxPacket.FlagKeyFrame) != 0;
            return new ReadOnlySpan<byte>(packet->Data, checked((int)packet->Length));
        }

        isKeyFrame = false;
        return default;
    }

    /// <summary>A frame that could not be encoded is one that was left out; the next one opens the encoder afresh.</summary>
    private ReadOnlySpan<byte> Fail(int result)
    {
        var text = VpxLibrary.Describe(result, _context!);
        _context!.Dispose();
        _context = null;
        if (++_failures >= MaximumFailures)
            throw new InvalidOperationException($"libvpx can not encode {Codec} at {_openedWidth}×{_openedHeight}: {text}.");
        return default;
    }

    private bool Prepare(int width, int height)
    {
        if (_context is not null && _context.Configuration->Width == width && _context.Configuration->Height == height)
            return false;

        // libvpx takes a smaller picture in place and refuses one that is larger than the first.
        if (_context is not null && width <= _openedWidth && height <= _openedHeight)
        {
            _context.Configuration->Width = (uint)width;
            _context.Configuration->Height = (uint)height;
            if (VpxLibrary.SetConfiguration(_context.Pointer, _context.Configuration) == VpxLibrary.Ok)
                return true;
        }

        Open(width, height);
        return true;
    }

    private void Open(int width, int height)
    {
        _context?.Dispose();
        _context = null;
        if (width > VpxLiveSettings.MaximumSide || height > VpxLiveSettings.MaximumSide)
            throw new ArgumentOutOfRangeException(nameof(width), $"{Codec} pictures have at most {VpxLiveSettings.MaximumSide} pixels a side, not {width}×{height}.");

        var context = new VpxContext();
        try
        {
            if (VpxLibrary.DefaultConfiguration(_codec, context.Configuration, 0) != VpxLibrary.Ok)
                throw new InvalidOperationException($"This libvpx was built without the {Codec} encoder.");
            VpxLiveSettings.Fill(context.Configuration, Codec, _settings, width, height, _bitsPerSecond);
            var result = VpxLibrary.InitEncoder(context, _codec, context.Configuration);
            if (result != VpxLibrary.Ok)
                throw new InvalidOperationException($"libvpx does not open a {Codec} encoder for {width}×{height}: {VpxLibrary.Describe(result, context)}.");
        }
        catch
        {
            context.Dispose();
            throw;
        }

        context.IsOpen = true;
        _context = context;
        _openedWidth = width;
        _openedHeight = height;
        _speed = new EncoderSpeed(_settings.LoadShare, _settings.FixedSpeed, VpxLiveSettings.StartStep(Codec, width, height));
        VpxLiveSettings.Control(context, Codec, _settings, (int)context.Configuration->Threads, width);
        SetSpeed();
    }

    private void SetSpeed() =>
        _ = VpxLibrary.Control(_context!.Pointer, VpxControl.CpuUsed, VpxLiveSettings.CpuUsed(Codec, _speed.Step));

    private void Describe(VideoFrame picture) => _image = new VpxImage
    {
        Format = VpxImage.FormatI420,
        StoredWidth = (uint)picture.Width,
        StoredHeight = (uint)picture.Height,
        BitDepth = 8,
        Width = (uint)picture.Width,
        Height = (uint)picture.Height,
        ChromaShiftX = 1,
        ChromaShiftY = 1,
        Y = picture.Y,
        U = picture.U,
        V = picture.V,
        StrideY = picture.StrideY,
        StrideU = picture.StrideUV,
        StrideV = picture.StrideUV,
        BitsPerSample = 12,
    };
}
