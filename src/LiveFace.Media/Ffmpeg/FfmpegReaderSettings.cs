using System.Globalization;
using LiveFace.Media.Codecs;

namespace LiveFace.Media.Ffmpeg;

/// <summary>How a source is read.</summary>
public sealed record FfmpegReaderSettings
{
    /// <summary>The most pixels a picture may have.</summary>
    public int MaximumPixels { get; init; } = 3840 * 2160;

    /// <summary>Makes larger pictures fit into this width, keeping their shape; null leaves them as they are.</summary>
    public int? FitWidth { get; init; }

    /// <summary>Makes larger pictures fit into this height, keeping their shape; null leaves them as they are.</summary>
    public int? FitHeight { get; init; }

    /// <summary>
    /// Begins near this time of the source's clock, and not after it: with the keyframe before it, where the file has an index.
    /// What lies before it is for the caller to leave out.
    /// </summary>
    public TimeSpan? From { get; init; }

    /// <summary>The tools to use.</summary>
    public FfmpegTools Tools { get; init; } = FfmpegTools.OnPath;

    internal void Validate()
    {
        EncoderSettings.Check(MaximumPixels >= 1, nameof(MaximumPixels), MaximumPixels, "1 and more");
        EncoderSettings.Check(FitWidth is null or (>= 2 and <= 16384), nameof(FitWidth), FitWidth, "2 to 16384");
        EncoderSettings.Check(FitHeight is null or (>= 2 and <= 16384), nameof(FitHeight), FitHeight, "2 to 16384");
    }

    /// <summary>Pictures before the one that is asked for, so that a decoder that begins in the middle has begun by then.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(0.5);

    internal string[] Seek() => From is { } from && from > Lead
        ? ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", (from - Lead).TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture)]
        : [];

    internal string[] Filters()
    {
        if (FitWidth is null && FitHeight is null)
            return [];
        var width = FitWidth is { } w ? $"min(iw\\,{w})" : "iw";
        var height = FitHeight is { } h ? $"min(ih\\,{h})" : "ih";
        return ["-vf", $"scale=w={width}:h={height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area"];
    }
}
