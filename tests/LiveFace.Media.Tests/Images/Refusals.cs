using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

/// <summary>Pictures that must be refused.</summary>
internal static class Refusals
{
    public static TheoryData<ImageFormat> Formats => [.. Enum.GetValues<ImageFormat>()];

    public static ImageError Refused(byte[] file, ImageLimits? limits = null)
    {
        using var pool = new FramePool();
        var error = Should.Throw<ImageException>(() => ImageFile.Decode(file, pool, limits).Dispose());
        Should.Throw<ImageException>(() => ImageFile.DecodeRgba(file, limits)).Error.ShouldBe(error.Error);
        pool.Outstanding.ShouldBe(0);
        error.Message.ShouldEndWith(".");
        return error.Error;
    }
}
