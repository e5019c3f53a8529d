using System.Diagnostics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>
/// Constrained baseline H.264 by OpenH264, as byte stream (Annex B) with parameter sets before each keyframe. The last
/// column or row of an odd picture is left out: the library encodes even sizes.
/// </summary>
internal sealed unsafe class H264Encoder : IVideoEncoder
{
    /// <summary>Errors in a row after which encoding this stream is given up.</summary>
    private const int MaximumFailures = 3;

    private const int CoarserQuantizer = 10;
    private const int MinimumSide = 16;
    private const int MaximumLongSide = 3840;
    private const int MaximumShortSide = 2160;

    private readonly EncoderSettings _settings;
    private readonly H264EncodedLayers _layers = new();
    private H264EncoderHandle? _encoder;
    private EncoderSpeed _speed;
    private byte[] _output = [];
    private int _bitsPerSecond;
    private double _framesPerSecond;
    private int _width;
    private int _height;
    private double _milliseconds;
    private int _failures;
    private bool _disposed;

    public H264Encoder(EncoderSettings settings)
    {
        _settings = settings;
        _bitsPerSecond = settings.BitsPerSecond;
        _framesPerSecond = settings.FramesPerSecond;
        _speed = new EncoderSpeed(settings.LoadShare, settings.FixedSpeed, 0);
    }

    public VideoCodec Codec => VideoCodec.H264;

    public void SetRate(int bitsPerSecond, double framesPerSecond)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        bitsPerSecond = RateLimits.Clamp(bitsPerSecond);
        framesPerSecond = RateLimits.Clamp(framesPerSecond);
        if (bitsPerSecond == _bitsPerSecond && framesPerSecond.Equals(_framesPerSecond))
            return;

        _bitsPerSecond = bitsPerSecond;
        _framesPerSecond = framesPerSecond;
        if (_encoder is null)
            return;
        var rate = H264LiveSettings.FrameRate(framesPerSecond);
        _encoder.SetOption(H264Option.EncoderFrameRate, &rate);
        var bitrate = new H264Bitrate { Layer = H264Bitrate.AllLayers, BitsPerSecond = bitsPerSecond };
        _encoder.SetOption(H264Option.EncoderBitrate, &bitrate);
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
        // A new encoder begins with a keyframe by itself.
        if (_encoder is null || (picture.Width & ~1) != _width || (picture.Height & ~1) != _height)
            Open(picture.Width & ~1, picture.Height & ~1);
        else if (forceKeyFrame)
            _ = _encoder.Functions->ForceIntraFrame(_encoder.Pointer, 1);

        var source = Describe(picture);
        _milliseconds += 1000 / _framesPerSecond;
        var started = Stopwatch.GetTimestamp();
        isKeyFrame = false;
        if (_encoder!.Functions->EncodeFrame(_encoder.Pointer, &source, _layers.Pointer) != 0)
            return Fail();

        _failures = 0;
        if (_speed.Report(Stopwatch.GetElapsedTime(started), _framesPerSecond))
            SetSpeed();
        if (_layers.IsSkipped)
            return default;
        isKeyFrame = _layers.IsKeyFrame;
        return Join();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _encoder?.Dispose();
        _layers.Dispose();
    }

    private void Open(int width, int height)
    {
        _encoder?.Dispose();
        _encoder = null;
        if (Math.Min(width, height) < MinimumSide || Math.Max(width, height) > MaximumLongSide || Math.Min(width, height) > MaximumShortSide)
            throw new ArgumentOutOfRangeException(nameof(width), $"OpenH264 encodes pictures from {MinimumSide}×{MinimumSide} to {MaximumLongSide}×{MaximumShortSide}, not {width}×{height}.");

        _speed = new EncoderSpeed(_settings.LoadShare, _settings.FixedSpeed, H264LiveSettings.StartStep(width, height));
        var encoder = H264EncoderHandle.Create();
        var finest = H264LiveSettings.FinestQuantizer + CoarserQuantizer * _failures;
        H264EncoderParameters parameters = default;
        var result = encoder.Functions->GetDefaultParameters(encoder.Pointer, &parameters);
        H264LiveSettings.Fill(&parameters, _settings, width, height, _bitsPerSecond, _framesPerSecond, _speed.Step, finest);
        if (result != 0 || (result = encoder.Functions->InitializeExtended(encoder.Pointer, &parameters)) != 0)
        {
            encoder.Dispose();
            throw new InvalidOperationException($"OpenH264 does not open an encoder for {width}×{height} (error {result}).");
        }

        _encoder = encoder;
        _width = width;
        _height = height;
    }

    private void SetSpeed()
    {
        var complexity = H264LiveSettings.Complexity(_speed.Step);
        _encoder!.SetOption(H264Option.EncoderComplexity, &complexity);
    }

    /// <summary>Parameter sets and slices are separate layers; together they are the frame.</summary>
    private ReadOnlySpan<byte> Join()
    {
        if (_layers.Layers == 1)
            return _layers.Layer(0);

        var length = 0;
        for (var i = 0; i < _layers.Layers; i++)
        {
            var layer = _layers.Layer(i);
            if (_output.Length < length + layer.Length)
                Array.Resize(ref _output, Math.Max(2 * _output.Length, length + layer.Length));
            layer.CopyTo(_output.AsSpan(length));
            length += layer.Length;
        }

        return _output.AsSpan(0, length);
    }

    /// <summary>
    /// A frame that could not be encoded is one that was left out; the next one opens the encoder afresh, and coarser: the
    /// library's buffer for a frame is as large as the picture itself, and pure noise in fine steps does not fit.
    /// </summary>
    private ReadOnlySpan<byte> Fail()
    {
        _encoder!.Dispose();
        _encoder = null;
        if (++_failures >= MaximumFailures)
            throw new InvalidOperationException($"OpenH264 can not encode at {_width}×{_height}.");
        return default;
    }

    private H264SourcePicture Describe(VideoFrame picture) => new()
    {
        Format = H264SourcePicture.FormatI420,
        StrideY = picture.StrideY,
        StrideU = picture.StrideUV,
        StrideV = picture.StrideUV,
        Y = picture.Y,
        U = picture.U,
        V = picture.V,
        Width = _width,
        Height = _height,
        Milliseconds = (long)_milliseconds,
    };
}
