using System.Globalization;
using System.Text.Json;

namespace LiveFace.Media.Ffmpeg;

/// <summary>What ffprobe says of a source, read out of its JSON.</summary>
internal static class ProbeAnswer
{
    private static readonly string[] PictureBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"];

    public static MediaInfo Parse(ReadOnlyMemory<byte> json, MediaSource? source = null)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (IsStillPicture(root))
            throw new FfmpegException($"{source?.ToString() ?? "This"} is a HEIC or AVIF picture, which is not read; make it a JPEG, PNG or WebP.");
        VideoTrackInfo? video = null;
        AudioTrackInfo? audio = null;
        if (root.TryGetProperty("streams", out var streams))
        {
            foreach (var stream in streams.EnumerateArray())
            {
                var kind = Text(stream, "codec_type");
                if (kind == "video" && !IsCover(stream))
                    video ??= ParseVideo(stream);
                else if (kind == "audio")
                    audio ??= new AudioTrackInfo(Text(stream, "codec_name") ?? "", (int)Number(stream, "sample_rate"), (int)Number(stream, "channels"));
            }
        }

        var format = root.TryGetProperty("format", out var f) ? f : default;
        if (video is { BitsPerSecond: null } && format.ValueKind == JsonValueKind.Object && Number(format, "bit_rate") is > 0 and var all)
            video = video with { BitsPerSecond = (long)all };
        var seconds = format.ValueKind == JsonValueKind.Object ? Number(format, "duration") : 0;
        return new MediaInfo(
            (format.ValueKind == JsonValueKind.Object ? Text(format, "format_name") : null) ?? "",
            seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null, video, audio);
    }

    /// <summary>Pictures in the container of films (ISO/IEC 23008-12), which tools read turned wrongly, in part, or as a film of one picture.</summary>
    private static bool IsStillPicture(JsonElement root) =>
        root.TryGetProperty("format", out var format) && format.TryGetProperty("tags", out var tags)
        && Text(tags, "major_brand") is { } brand && Array.IndexOf(PictureBrands, brand.Trim()) >= 0;

    private static VideoTrackInfo ParseVideo(JsonElement stream)
    {
        int width = (int)Number(stream, "width"), height = (int)Number(stream, "height");
        var degrees = Rotation(stream);
        if (degrees is 90 or 270)
            (width, height) = (height, width);
        var frames = (long)Number(stream, "nb_frames");
        return new VideoTrackInfo(
            Text(stream, "codec_name") ?? "", width, height, degrees, Rate(Text(stream, "avg_frame_rate")),
            frames > 0 ? frames : null, Text(stream, "color_space"))
        {
            PixelShape = Shape(Text(stream, "sample_aspect_ratio"), degrees is 90 or 270),
            ColourPrimaries = Text(stream, "color_primaries"), ColourTransfer = Text(stream, "color_transfer"),
            IsFullRange = Text(stream, "color_range") == "pc", IsInterlaced = Text(stream, "field_order") is "tt" or "bb" or "tb" or "bt",
            BitsPerSecond = Number(stream, "bit_rate") is > 0 and var bits ? (long)bits : null,
        };
    }

    private static PixelShape Shape(string? ratio, bool turned)
    {
        var parts = (ratio ?? "").Split(':');
        if (parts.Length != 2 || !int.TryParse(parts[0], out var width) || !int.TryParse(parts[1], out var height) || width <= 0 || height <= 0)
            return new PixelShape(1, 1);
        return turned ? new PixelShape(height, width) : new PixelShape(width, height);
    }

    /// <summary>The picture of an album or a thumbnail is not the film.</summary>
    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") > 0;

    /// <summary>The display matrix counts counter-clockwise.</summary>
    private static int Rotation(JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out var list))
            return 0;
        foreach (var data in list.EnumerateArray())
        {
            if (data.TryGetProperty("rotation", out _))
                return ((((int)Math.Round(-Number(data, "rotation") / 90) % 4) + 4) % 4) * 90;
        }

        return 0;
    }

    private static double Rate(string? fraction)
    {
        var parts = (fraction ?? "").Split('/');
        if (parts.Length != 2 || !TryNumber(parts[0], out var a) || !TryNumber(parts[1], out var b) || b <= 0)
            return 0;
        return a / b;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>ffprobe writes some numbers as numbers and some as text.</summary>
    private static double Number(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when TryNumber(value.GetString()!, out var number) => number,
            _ => 0,
        };
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
