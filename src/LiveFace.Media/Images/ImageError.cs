namespace LiveFace.Media.Images;

/// <summary>Why a picture file is refused.</summary>
public enum ImageError
{
    /// <summary>The bytes are none of the formats that are read.</summary>
    UnknownFormat,

    /// <summary>The file is larger than the limits allow.</summary>
    TooManyBytes,

    /// <summary>The picture is larger than the limits allow.</summary>
    TooManyPixels,

    /// <summary>The file ends before its picture does.</summary>
    Truncated,

    /// <summary>The file contradicts itself or its format.</summary>
    Corrupt,

    /// <summary>The file is sound and uses something that is not read, such as animation.</summary>
    Unsupported,
}
