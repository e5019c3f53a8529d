namespace LiveFace.Media.Images;

/// <summary>The picture files that are read and written.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, by libturbojpeg.</summary>
    Jpeg,

    /// <summary>PNG, by libspng.</summary>
    Png,

    /// <summary>WebP, lossy and lossless, by libwebp.</summary>
    WebP,
}
