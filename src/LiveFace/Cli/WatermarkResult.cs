using LiveFace.Restoration.Measures;

namespace LiveFace.Cli;

internal sealed record WatermarkResult(PictureQuality Before, PictureQuality After, double Overlap)
{
    public static WatermarkResult Mean(IReadOnlyList<WatermarkResult> all) =>
        new(Mean(all.Select(one => one.Before)), Mean(all.Select(one => one.After)), all.Average(one => one.Overlap));

    private static PictureQuality Mean(IEnumerable<PictureQuality> all)
    {
        PictureQuality[] list = [.. all];
        return new(list.Average(one => one.Psnr), list.Average(one => one.PsnrMarked), list.Average(one => one.Ssim), list.Average(one => one.SsimMarked));
    }
}
