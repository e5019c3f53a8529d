namespace LiveFace.Media.Images;

/// <summary>Tells a format from the file's first bytes; names and declared types are not looked at.</summary>
internal static class ImageSniffer
{
    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool TryTell(ReadOnlySpan<byte> file, out ImageFormat format)
    {
        format = default;
        if (file.StartsWith(JpegStart))
            format = ImageFormat.Jpeg;
        else if (file.StartsWith(PngStart))
            format = ImageFormat.Png;
        else if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
            format = ImageFormat.WebP;
        else
            return false;
        return true;
    }
}
