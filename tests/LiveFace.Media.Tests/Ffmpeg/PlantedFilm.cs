using System.Text;
using LiveFace.Media.Tests.Codecs;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Films with text planted wherever their container has room.</summary>
internal static class PlantedFilm
{
    public const string InTags = "planted-in-the-tags", InTrackTags = "planted-in-tags-of-the-track", InChapter = "planted-in-a-chapter";
    public const string InAttachment = "planted-in-an-attachment", InPicture = "planted-in-a-picture-file", InSubtitles = "planted-in-subtitles";
    public const string InSideData = "planted-in-side-data-of-the-pictures", InDataTrack = "planted-in-a-track-of-data";
    public const string InPrivateData = "planted-in-private-data", InPackets = "planted-in-packets-of-sound";

    /// <summary>A film of half a second with everything that is to be planted.</summary>
    public static async Task<string> MakeAsync(
        Clips clips, string container, string encoder, string[] planted, CancellationToken cancellation)
    {
        var inputs = new List<string>();
        var outputs = new List<string>();
        var count = 0;
        void Add(string[] input, string[] output)
        {
            inputs.AddRange(input);
            outputs.AddRange(output.Select(argument => argument.Replace("#", $"{count}", StringComparison.Ordinal)));
            count++;
        }

        if (container != "ogg")
            Add(["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10:duration=0.5"], ["-map", "#:v"]);
        Add(["-f", "lavfi", "-i", "sine=440:duration=0.5"], ["-map", "#:a"]);
        if (planted.Contains(InChapter))
            Add(["-f", "ffmetadata", "-i", File("chapters", $";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/10\nSTART=0\nEND=4\ntitle={InChapter}\n")], ["-map_chapters", "#"]);
        if (planted.Contains(InSubtitles))
            Add(["-i", File("text.srt", $"1\n00:00:00,000 --> 00:00:00,400\n{InSubtitles}\n")], ["-map", "#:s", "-c:s", container switch { "mkv" => "srt", "webm" => "webvtt", _ => "mov_text" }]);
        if (planted.Contains(InDataTrack))
            Add(["-f", "data", "-i", File("data", InDataTrack)], ["-map", "#:d", "-c:d", "copy"]);
        if (planted.Contains(InPicture))
        {
            // Once as a track of pictures, and once more as the cover where the container knows covers.
            var picture = await PictureAsync(clips, cancellation);
            Add(["-i", picture], ["-map", "#:v", "-c:v:1", "copy"]);
            if (container is "mp4" or "mov" or "mkv")
                Add(["-i", picture], ["-map", "#:v", "-c:v:2", "copy", "-disposition:v:2", "attached_pic"]);
        }

        if (planted.Contains(InAttachment))
            outputs.AddRange(["-attach", File("notes.txt", InAttachment), "-metadata:s:t", "mimetype=text/plain"]);
        if (planted.Contains(InSideData))
            outputs.AddRange(["-bsf:v:0", $"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{InSideData}"]);
        var video = container switch { "webm" => "libvpx", "wmv" => "wmv2", _ => planted.Contains(InSideData) ? "libx264" : "mpeg4" };
        var path = clips.At($"{encoder}.{container}");
        await OtherTools.RunAsync(
            "ffmpeg",
            [
                "-v", "error", "-y", .. inputs, .. outputs, "-c:v:0", video, "-pix_fmt:v:0", "yuv420p", "-c:a", encoder, "-strict", "-2",
                "-metadata", $"{(container == "ts" ? "service_name" : "title")}={InTags}", "-metadata:s:a:0", $"title={InTrackTags}",
                "-metadata:s:a:0", $"handler_name={InTrackTags}", path,
            ],
            [], cancellation);
        return path;

        string File(string name, string text)
        {
            System.IO.File.WriteAllText(clips.At(name), text);
            return clips.At(name);
        }
    }

    /// <summary>A JPEG with text in a comment segment.</summary>
    private static async Task<string> PictureAsync(Clips clips, CancellationToken cancellation)
    {
        var jpeg = await OtherTools.RunAsync(
            "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-f", "mjpeg", "-"], [], cancellation);
        var path = clips.At("cover.jpg");
        var comment = Encoding.ASCII.GetBytes(InPicture);
        await File.WriteAllBytesAsync(path, [.. jpeg.AsSpan(0, 2), 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. comment, .. jpeg.AsSpan(2)], cancellation);
        return path;
    }
}
