using System.Diagnostics;
using System.Globalization;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Pieces;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Tests.Pieces;

/// <summary>
/// A film that is written in pieces beside the same film written in one: pictures, times, sound and masks are the same. What was found is made
/// up, so that no model is needed.
/// </summary>
public sealed class PieceTests : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(0.9);

    private static readonly RedactionPolicy Policy = new()
    {
        Rules = [new PolicyRule { When = new RuleWhen { Model = "faces" }, Where = RuleWhere.Ellipse, How = new RuleHow { Effect = RuleEffect.Mosaic } }],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-pieces-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Boxes => Path.Combine(_folder, "in.boxes.json");

    [Theory] // Quality 0 loses nothing, so that each pixel tells what was hidden.
    [InlineData("a usual film", "mp4", 0, "testsrc2=size=160x90:rate=30", "-c:v libx264 -g 250 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:a aac")]
    [InlineData("a variable frame rate", "mkv", 0, "testsrc2=size=160x90:rate=30", "-vf select='not(between(n,36,54))*mod(n,4)' -fps_mode vfr -c:v libx264 -c:a aac")]
    [InlineData("a variable frame rate in MP4", "mp4", 0, "testsrc2=size=160x90:rate=30", "-vf select='not(between(n,36,54))*mod(n,4)' -fps_mode vfr -c:v libx264 -c:a aac")]
    [InlineData("groups that are not closed", "mkv", 0, "testsrc2=size=160x90:rate=30", "-c:v libx264 -g 12 -x264-params open-gop=1:bframes=3 -c:a flac")]
    [InlineData("times that do not begin at zero", "mkv", 0, "testsrc2=size=160x90:rate=25", "-c:v libx264 -output_ts_offset 30 -c:a aac")]
    [InlineData("pixels that are no squares, and the usual quality", "mp4", null, "testsrc2=size=144x120:rate=25", "-vf setsar=16/11 -c:v libx264 -c:a aac")]
    [InlineData("VP9", "webm", null, "testsrc2=size=161x91:rate=25", "-vf setsar=16/11 -c:v libvpx-vp9 -deadline realtime -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:a libopus")]
    public async Task It_is_the_film_that_is_written_in_one_piece(string what, string extension, int? quality, string picture, string options)
    {
        var input = await MakeAsync(extension, picture, options);
        var (one, many) = (Path.Combine(_folder, $"one.{extension}"), Path.Combine(_folder, $"many.{extension}"));
        var work = Work(input, quality);
        var reviewed = await FindAsync(work);
        await work.RenderAsync(Boxes, reviewed, MediaTarget.File(one), Cancel);
        var plan = await WriteAsync(input, quality, work, reviewed, many);

        plan.Pieces.Count.ShouldBeGreaterThan(2);
        foreach (var entries in (string[])["stream=codec_type,start_time,width,height,sample_aspect_ratio,color_space,color_primaries,color_transfer,color_range,pix_fmt,profile", "format=start_time,duration,nb_streams"])
            (await AskAsync(many, entries)).ShouldBe(await AskAsync(one, entries), what);
        (await TimesAsync(many, "v:0")).ShouldBe(await TimesAsync(one, "v:0"), what);
        (await AskAsync(many, "packet=size,data_hash", "-select_streams", "a:0", "-show_data_hash", "md5"))
            .ShouldBe(await AskAsync(one, "packet=size,data_hash", "-select_streams", "a:0", "-show_data_hash", "md5"), what);
        // Matroska counts milliseconds.
        (await TimesAsync(many, "a:0")).Zip(await TimesAsync(one, "a:0"), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(0.0011, what);
        var (raw, first, second) = (await PicturesAsync(input), await PicturesAsync(one), await PicturesAsync(many));
        (first.Count, second.Count).ShouldBe((raw.Count, raw.Count));
        if (quality == 0)
            second.ShouldBe(first, what);
        for (var i = 0; i < raw.Count; i++)
            Psnr(second[i], first[i]).ShouldBeGreaterThan(30, $"{what}: picture {i}");
        first.Zip(raw).Any(pair => Psnr(pair.First, pair.Second) < 25).ShouldBeTrue("nothing is hidden");
    }

    [Fact]
    public async Task What_was_edited_elsewhere_leaves_a_piece_as_it_was_and_what_reaches_into_it_does_not()
    {
        var input = await MakeAsync("mp4", "testsrc2=size=160x90:rate=30", "-c:v libx264 -c:a aac");
        var work = Work(input, null);
        await FindAsync(work);
        var log = new EditLog();
        var before = Plan(input, await work.ReviewAsync(Boxes, log, Cancel));
        var path = EditLog.PathFor(Boxes);
        log.Append(path, new CutTrack(3, 40, 44), DateTimeOffset.UnixEpoch);
        log.Append(path, new CoverTime(new(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.3))), DateTimeOffset.UnixEpoch);
        log.Append(path, new HideSound(new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2)), SoundEdit.Mute), DateTimeOffset.UnixEpoch);
        var reviewed = await work.ReviewAsync(Boxes, log, Cancel);
        var after = Plan(input, reviewed);
        after.Pieces.Zip(before.Pieces).Select(pair => pair.First == pair.Second).ShouldBe([false, false, .. Enumerable.Repeat(true, after.Pieces.Count - 2)]);

        // A track that was cut in two, and a time that is covered, are in the pieces what they are in the film.
        var (one, many) = (Path.Combine(_folder, "one.mp4"), Path.Combine(_folder, "many.mp4"));
        work = Work(input, 0);
        await work.RenderAsync(Boxes, reviewed, MediaTarget.File(one), Cancel);
        await WriteAsync(input, 0, work, reviewed, many);
        (await PicturesAsync(many)).ShouldBe(await PicturesAsync(one));
    }

    [Fact]
    public async Task Pieces_whose_pictures_are_others_than_were_looked_at_are_refused_and_leave_nothing()
    {
        var input = await MakeAsync("mp4", "testsrc2=size=160x90:rate=30", "-c:v libx264 -c:a aac");
        var work = Work(input, null);
        var reviewed = await FindAsync(work, picture => picture.Print += picture.Index == 40 ? 1UL : 0);
        var error = await Should.ThrowAsync<PieceMismatchException>(() => WriteAsync(input, null, work, reviewed, Path.Combine(_folder, "many.mp4")));
        error.Message.ShouldContain("other pictures");
        Directory.GetFiles(_folder, "*.ts", new EnumerationOptions { AttributesToSkip = 0 }).ShouldHaveSingleItem("the piece before is kept");
        Directory.GetFiles(_folder, "many*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Pieces_of_which_one_is_damaged_are_no_film()
    {
        var input = await MakeAsync("mp4", "testsrc2=size=160x90:rate=30", "-c:v libx264 -c:a aac");
        var work = Work(input, null);
        var reviewed = await FindAsync(work);
        var plan = Plan(input, reviewed);
        var pieces = Pieces(input, null, work);
        foreach (var piece in plan.Pieces)
            await pieces.RenderAsync(plan, piece, _folder, Cancel);
        var damaged = Path.Combine(_folder, plan.OutputsOf(plan.Pieces[1])[0]);
        using (var file = File.OpenWrite(damaged))
            file.SetLength(file.Length / 2);
        var target = MediaTarget.File(Path.Combine(_folder, "many.mp4"));
        await Should.ThrowAsync<PieceMismatchException>(() => pieces.FinishAsync(plan, _folder, [], Boxes, reviewed, target, Cancel));
        File.Exists(target.Address).ShouldBeFalse();
    }

    [Theory]
    [InlineData("out.gif", false)]
    [InlineData("out.apng", false)]
    [InlineData("out.mp4", true)]
    public async Task Some_films_are_written_in_one_piece(string name, bool goesByAge)
    {
        var input = await MakeAsync("mp4", "testsrc2=size=160x90:rate=30", "-c:v libx264 -c:a aac");
        var reviewed = await FindAsync(Work(input, null));
        var policy = goesByAge ? Policy with { NothingHidden = true, Rules = [Policy.Rules[0] with { When = Policy.Rules[0].When with { AgeUnder = 18 } }] } : Policy;
        Pieces(input, null, Work(input, null), policy).Plan(Boxes, reviewed, MediaTarget.File(Path.Combine(_folder, name)), _folder, Length).ShouldBeNull();
        Plan(input, reviewed, TimeSpan.FromMinutes(1)).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FilmWork Work(string input, int? quality) => new(new FilmFile(input, FfmpegTools.OnPath), [], Policy) { Rendering = Options(quality) };

    private static RenderOptions Options(int? quality) => new() { Tools = FfmpegTools.OnPath, Quality = quality, Overwrite = true };

    private static PieceWork Pieces(string input, int? quality, FilmWork work, RedactionPolicy? policy = null) =>
        new(work, new FilmFile(input, FfmpegTools.OnPath), [], policy ?? Policy) { Rendering = Options(quality) };

    private PiecePlan Plan(string input, ReviewedTracks reviewed) => Plan(input, reviewed, Length).ShouldNotBeNull();

    private PiecePlan? Plan(string input, ReviewedTracks reviewed, TimeSpan length) =>
        Pieces(input, null, Work(input, null)).Plan(Boxes, reviewed, MediaTarget.File(Path.Combine(_folder, "many" + Path.GetExtension(input))), _folder, length);

    private async Task<PiecePlan> WriteAsync(string input, int? quality, FilmWork work, ReviewedTracks reviewed, string output)
    {
        var pieces = Pieces(input, quality, work);
        var plan = pieces.Plan(Boxes, reviewed, MediaTarget.File(output), _folder, Length).ShouldNotBeNull();
        foreach (var piece in plan.Pieces)
        {
            PieceWork.IsDone(plan, piece, _folder).ShouldBeFalse();
            await pieces.RenderAsync(plan, piece, _folder, Cancel);
            PieceWork.IsDone(plan, piece, _folder).ShouldBeTrue();
        }

        var end = await pieces.FinishAsync(plan, _folder, [], Boxes, reviewed, MediaTarget.File(output), Cancel);
        end.Film.ShouldNotBeNull().Pictures.ShouldBe(plan.Pictures);
        end.Film.Covered.ShouldBe(0);
        return plan;
    }

    /// <summary>A box file in which three things move, as if a model had found them.</summary>
    private async Task<ReviewedTracks> FindAsync(FilmWork work, Action<BoxPicture>? change = null)
    {
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        var (head, pictures) = Tests.Boxes.SampleBoxes.Read(File.OpenRead(Boxes));
        var count = pictures.Count;
        BoxTrack[] tracks = [Moving(1, 0, count), Moving(2, 10, count / 2), Moving(3, count / 3, count - count / 3)];
        using (var stream = File.Create(Boxes))
        using (var writer = new BoxFileWriter(stream, head with { Models = [new BoxModel("faces", "faces", null, ["face"], 0.5f, 0.25f, 1.1f)], Tracks = tracks }))
        {
            foreach (var picture in pictures)
            {
                picture.Looks.Add(new BoxLook(0, 8, false, 0.5f, DetectionVerdict.Seen));
                change?.Invoke(picture);
                writer.Write(picture);
            }

            writer.Finish();
        }

        return await work.ReviewAsync(Boxes, new EditLog(), Cancel);
    }

    private static BoxTrack Moving(int id, int first, int length)
    {
        var track = new BoxTrack(id, 0, 0, first) { Score = 0.9f };
        for (var i = 0; i < length; i++)
            track.Add(new TrackBox(new BoxF(20 * id + i % 30, 8 * id + i % 17, 20 * id + 34 + i % 30, 8 * id + 30 + i % 17), 0.1f, BoxOrigin.Seen));
        return track;
    }

    private async Task<string> MakeAsync(string extension, string picture, string options)
    {
        var path = Path.Combine(_folder, $"in.{extension}");
        await RunAsync("ffmpeg", ["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=440", "-t", "3.7", .. options.Split(' '), path]);
        return path;
    }

    private static async Task<string> AskAsync(string path, string entries, params string[] more) =>
        (await RunAsync("ffprobe", ["-v", "error", .. more, "-show_entries", entries, "-of", "compact", path])).Replace("\r", "", StringComparison.Ordinal);

    private static async Task<double[]> TimesAsync(string path, string stream) =>
        [.. (await RunAsync("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", path]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line.Trim(',', ' ', '\r'), CultureInfo.InvariantCulture)).Order()];

    private static async Task<List<byte[]>> PicturesAsync(string path)
    {
        using var pool = new FramePool(0);
        await using var reader = await FfmpegReader.OpenAsync(MediaSource.File(path), pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath }, Cancel);
        var pictures = new List<byte[]>();
        while (await reader.ReadAsync(Cancel) is { } read)
        {
            using var frame = read;
            pictures.Add(Portrait.LumaOf(frame));
        }

        return pictures;
    }

    private static double Psnr(byte[] a, byte[] b)
    {
        var error = a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Average();
        return error == 0 ? 99 : 10 * Math.Log10(255 * 255 / error);
    }

    private static async Task<string> RunAsync(string tool, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, said) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, await said);
        return await output;
    }
}
