using LiveFace.Films.Pictures;
using LiveFace.Vision.Framing;

namespace LiveFace.Features.Files.Detections;

/// <summary>The main object of a picture, as HTTP and the command line tell it; docs/reference/crops.md describes it.</summary>
internal sealed record PictureCrop(int Width, int Height, PictureBox Box, FramedBy By, string? Class, float Certainty, bool Unsure)
{
    public static PictureCrop Of(PictureFrame found)
    {
        var main = found.Main;
        return new PictureCrop(
            found.Width, found.Height, PictureObject.PartOf(main.Box, found.Width, found.Height), main.By, main.Class, MathF.Round(main.Certainty, 3),
            main.IsUnsure);
    }
}
