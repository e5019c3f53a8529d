using BenchmarkDotNet.Attributes;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Marking;

namespace LiveFace.Benchmarks;

/// <summary>What is drawn into whole pictures of 1920 by 1080.</summary>
[MemoryDiagnoser]
public class OverlayBenchmarks
{
    private readonly FramePool _pool = new();
    private readonly BoxOverlay _boxes = new();
    private readonly Watermark _watermark = new("LiveFace", 0.3f);
    private readonly HiddenBlocks _hidden = new();
    private readonly SoftBlurEffect _blur = new(60);
    private readonly AlphaMask _person = new(256, 256);
    private CoverCard _card = null!;
    private VideoFrame _frame = null!;

    [GlobalSetup]
    public void Setup()
    {
        _card = new CoverCard(_pool);
        _frame = TestPicture.Noise(_pool, 1920, 1080);
        for (var i = 0; i < _person.Pixels.Length; i++)
            _person.Pixels[i] = i % 256 is > 80 and < 176 ? (byte)255 : (byte)0;
    }

    [GlobalCleanup]
    public void Cleanup() => _frame.Dispose();

    [Benchmark]
    public void TenBoxesWithLabels()
    {
        for (var i = 0; i < 10; i++)
            _boxes.Draw(_frame, new PixelRect(100 + i * 170, 300, 140, 300), new RgbColor(0, 208, 132), "person 97 %");
    }

    [Benchmark]
    public void Cover() => _card.Apply(_frame, "starting");

    [Benchmark]
    public void Mark() => _watermark.Apply(_frame);

    [Benchmark]
    public void BackgroundBlur()
    {
        _hidden.Begin(_frame);
        _blur.Apply(_frame, new EffectRegion(new PixelRect(0, 0, 1920, 1080), RegionShape.OutsideMask, 0, _person), _hidden);
    }
}
