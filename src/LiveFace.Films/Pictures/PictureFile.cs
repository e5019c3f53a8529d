using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Media.Sandbox;

namespace LiveFace.Films.Pictures;

/// <summary>Opens picture files: a stranger's goes to the sandbox, one's own on the command line may be read here.</summary>
internal static class PictureFile
{
    public static VideoFrame Read(ReadOnlySpan<byte> file, FramePool pool, ImageLimits? limits, DecoderSandbox? sandbox, out ImageInfo info)
    {
        if (sandbox is not null)
            return sandbox.ReadPicture(file, pool, out info, limits);
        info = ImageFile.Identify(file, limits);
        return ImageFile.Decode(file, pool, limits);
    }
}
