using BenchmarkDotNet.Attributes;
using LiveFace.Media.Frames;

namespace LiveFace.Benchmarks;

/// <summary>The way from a frame to a detector, and frames to other sizes.</summary>
[MemoryDiagnoser]
public class PictureBenchmarks
{
    private readonly FramePool _pool = new();
    private readonly FrameScaler _scaler = new();
    private readonly TensorSampler _bilinear = new(new TensorFormat(320, 240));
    private readonly TensorSampler _area = new(new TensorFormat(320, 240) { Filter = ResampleFilter.Area });
    private readonly TensorSampler _letterbox = new(new TensorFormat(640, 640) { Fit = TensorFit.LetterboxTopLeft, Layout = TensorLayout.Nhwc });
    private readonly float[] _tensor = new float[640 * 640 * 3];
    private VideoFrame _frame = null!;
    private VideoFrame _half = null!;
    private VideoFrame _turned = null!;
    private byte[] _rgba = [];

    /// <summary>Width of the picture.</summary>
    [Params(640, 1920)]
    public int Width { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var height = Width == 640 ? 480 : 1080;
        _frame = TestPicture.Noise(_pool, Width, height);
        _half = _pool.Rent(Width / 2, height / 2);
        _turned = _pool.Rent(height, Width);
        _rgba = new byte[4 * Width * height];
    }

    [Benchmark]
    public void TensorOfTheWholeBilinear() => _bilinear.Sample(_frame, _tensor);

    [Benchmark]
    public void TensorOfTheWholeByArea() => _area.Sample(_frame, _tensor);

    [Benchmark]
    public void TensorOfAWindowUnscaled() => _bilinear.Sample(_frame, new PictureRegion(64, 48, 320, 240), _tensor);

    [Benchmark]
    public void TensorSideBySideLetterboxed() => _letterbox.Sample(_frame, _tensor);

    [Benchmark]
    public void ScaleToHalf() => _scaler.Scale(_frame, _half, ResampleFilter.Bilinear);

    [Benchmark]
    public void TurnClockwise() => FrameRotation.Rotate(_frame, QuarterTurns.Clockwise, _turned);

    [Benchmark]
    public void ToRgba() => RgbaConversion.ToRgba(_frame, _rgba, 4 * Width);

    [Benchmark]
    public void FromRgba() => RgbaConversion.FromRgba(_rgba, 4 * Width, _frame);
}
