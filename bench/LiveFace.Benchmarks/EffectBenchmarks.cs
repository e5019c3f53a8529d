using BenchmarkDotNet.Attributes;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Benchmarks;

/// <summary>Each effect on a face of a third of the picture's height, as a box and as a soft oval.</summary>
[MemoryDiagnoser]
public class EffectBenchmarks
{
    private readonly FramePool _pool = new();
    private readonly HiddenBlocks _hidden = new();
    private VideoFrame _frame = null!;
    private IRegionEffect _effect = null!;
    private EffectRegion _region;

    [Params(EffectKind.Fill, EffectKind.Remove, EffectKind.Mosaic, EffectKind.SoftBlur, EffectKind.Solid, EffectKind.Glyph)]
    public EffectKind Kind { get; set; }

    [Params(480, 1080)]
    public int Lines { get; set; }

    [Params(RegionShape.Box, RegionShape.Ellipse)]
    public RegionShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _frame = TestPicture.Noise(_pool, Lines == 480 ? 640 : 1920, Lines);
        _effect = RegionEffects.Create(new EffectSettings { Kind = Kind });
        _region = new EffectRegion(new PixelRect(_frame.Width / 3, Lines / 3, Lines / 4, Lines / 3), Shape,
            Shape == RegionShape.Ellipse ? 0.15f : 0, Seed: 1);
    }

    [GlobalCleanup]
    public void Cleanup() => _frame.Dispose();

    [Benchmark]
    public void Apply()
    {
        _hidden.Begin(_frame);
        _hidden.Add(_frame, _region);
        _effect.Apply(_frame, _region, _hidden);
    }
}
