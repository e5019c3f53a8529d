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

    /// <summary>Makes one picture of the two fields of each.</summary>
    public bool Deinterlace { get; init; }

    /// <summary>Brings black to 16 and white to 235, where the source has them at 0 and 255.</summary>
    public bool NarrowRange { get; init; }

    /// <summary>Brings light beyond a usual screen's (PQ or HLG) down to BT.709.</summary>
    public bool ToneMap { get; init; }

    /// <summary>The tools to use.</summary>
    public required FfmpegTools Tools { get; init; }

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

    /// <summary>The same, with what a stream of that kind needs to come as usual pictures.</summary>
    public FfmpegReaderSettings For(VideoTrackInfo video)
    {
        ArgumentNullException.ThrowIfNull(video);
        return this with { Deinterlace = video.IsInterlaced, NarrowRange = video is { IsFullRange: true, IsHdr: false }, ToneMap = video.IsHdr };
    }

    internal string[] Filters()
    {
        var chain = new List<string>();
        if (Deinterlace)
            chain.Add("bwdif=mode=send_frame:deint=all");
        if (ToneMap)
            chain.Add("zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv");
        if (NarrowRange)
            chain.Add("scale=out_range=tv");
        if (Fit() is { } fit)
            chain.Add(fit);
        return chain.Count == 0 ? [] : ["-vf", string.Join(',', chain)];
    }

    private string? Fit()
    {
        if (FitWidth is null && FitHeight is null)
            return null;
        var width = FitWidth is { } w ? $"min(iw\\,{w})" : "iw";
        var height = FitHeight is { } h ? $"min(ih\\,{h})" : "ih";
        return $"scale=w={width}:h={height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area";
    }
}
