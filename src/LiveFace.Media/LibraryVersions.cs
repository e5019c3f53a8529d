using LiveFace.Media.Codecs.OpenH264;
using LiveFace.Media.Codecs.Vpx;
using LiveFace.Media.Images.WebP;

namespace LiveFace.Media;

/// <summary>What native libraries say of themselves, where no package says which version is installed.</summary>
public static class LibraryVersions
{
    /// <summary>The version of a library; null for one that is not there or does not say.</summary>
    public static string? Find(string library)
    {
        try
        {
            return library switch
            {
                "libvpx" => VpxLibrary.ReadVersion(),
                "OpenH264" => OpenH264Library.Version,
                "libwebp" => LibWebP.ReadVersion(),
                _ => null,
            };
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return null;
        }
    }
}
