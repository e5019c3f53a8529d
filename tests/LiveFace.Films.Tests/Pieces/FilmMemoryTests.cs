using System.Diagnostics;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Pieces;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Pieces;

/// <summary>What films of one job take of memory, by what the system says of this process's files in memory.</summary>
public sealed class FilmMemoryTests : IDisposable
{
    private static readonly RedactionPolicy Corner = new()
    {
        NothingHidden = true, Zones = [new PolicyZone { Box = new ZoneBox(0, 0, 0.1f, 0.1f) }],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-memory-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Boxes => Path.Combine(_folder, "in.boxes.json");

    [Theory]
    [InlineData("mp4", "-c:v libx264 -crf 12 -c:a aac", "out.mp4")]
    [InlineData("mkv", "-c:v libx264 -crf 12 -c:a flac", "out.mkv")]
    [InlineData("webm", "-c:v libvpx-vp9 -deadline realtime -b:v 2M -c:a libopus", "out.webm")]
    public async Task A_film_and_its_result_are_not_in_memory_at_once_and_its_sound_is_in_step(string extension, string options, string name)
    {
        var input = await MakeAsync(extension, options);
        var target = MediaTarget.File(Path.Combine(_folder, name));
        // What comes of it in one piece, with all the memory there is.
        var work = Work(input, new MemoryVault(1 << 30), out var film);
        await work.DetectAsync(Boxes, FilmPart.All, Cancel);
        await work.LinkAsync(Boxes, Boxes, Cancel);
        await work.FinishAsync(target, Boxes, new EditLog(), Cancel);
        film.Dispose();
        var one = Path.Combine(_folder, "one" + Path.GetExtension(name));
        File.Move(target.Address, one);
        var (source, result) = (new FileInfo(input).Length, new FileInfo(one).Length);
        var most = Math.Max(source, result) * 5 / 4;
        most.ShouldBeLessThan(source + result, "it would fit twice");

        var vault = new MemoryVault(most);
        work = Work(input, vault, out film);
        using (film)
        {
            await using var watch = new MemoryWatch();
            var reviewed = await work.ReviewAsync(Boxes, new EditLog(), Cancel);
            var pieces = new PieceWork(work, film, [], Corner) { Rendering = Options };
            var plan = pieces.Plan(Boxes, reviewed, target, _folder, TimeSpan.FromSeconds(1)).ShouldNotBeNull();
            foreach (var piece in plan.Pieces)
                await pieces.RenderAsync(plan, piece, _folder, Cancel);
            (await pieces.FinishAsync(plan, _folder, [], Boxes, reviewed, target, Cancel)).Film.ShouldNotBeNull().Pictures.ShouldBe(plan.Pictures);
            var (largest, looks) = await watch.EndAsync();
            looks.ShouldBeGreaterThan(5);
            largest.ShouldBeInRange(source / 2, most);
        }

        vault.Memory.Left.ShouldBe(most);
        var (was, now) = (await StartsAsync(one), await StartsAsync(target.Address));
        (now.Sound - now.Picture).ShouldBe(was.Sound - was.Picture, 0.002);
        (await SoundAsync(target.Address)).ShouldBe(await SoundAsync(one), 0.03, "the sound is as long");
    }

    [Fact]
    public async Task A_film_that_is_written_in_one_piece_beside_itself_and_does_not_fit_is_told_so()
    {
        var input = await MakeAsync("mp4", "-c:v libx264 -crf 12 -c:a aac");
        var source = new FileInfo(input).Length;
        var work = Work(input, new MemoryVault(source * 21 / 20), out var film);
        using (film)
        {
            await work.DetectAsync(Boxes, FilmPart.All, Cancel);
            var error = await Should.ThrowAsync<FileRedactionException>(() => work.FinishAsync(MediaTarget.File(Path.Combine(_folder, "out.mp4")), Boxes, new EditLog(), Cancel));
            error.Message.ShouldContain("Films:MemoryMegabytes");
        }

        File.Exists(Path.Combine(_folder, "out.mp4")).ShouldBeFalse();
        (await Should.ThrowAsync<FileRedactionException>(async () =>
        {
            using var larger = new FilmFile(input, FfmpegTools.OnPath, new MemoryVault(source - 1));
            await larger.DescribeAsync(Cancel);
        })).Message.ShouldContain("Films:MemoryMegabytes");
    }

    [Fact]
    public void Memory_is_given_to_one_at_a_time_and_comes_back()
    {
        var memory = new FilmMemory(100);
        var first = memory.Take(60).ShouldNotBeNull();
        memory.Take(41).ShouldBeNull();
        using (var rest = memory.TakeRest())
        {
            (rest.Largest, memory.Left).ShouldBe((40, 0));
            using (var into = rest.OpenWrite())
                into.Write(new byte[7]);
            memory.Trim(rest);
            memory.Left.ShouldBe(33);
        }

        memory.Left.ShouldBe(40);
        first.Dispose();
        memory.Left.ShouldBe(100);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RenderOptions Options => new() { Tools = FfmpegTools.OnPath, Overwrite = true };

    private static FilmWork Work(string input, MemoryVault vault, out FilmFile film) =>
        new(film = new FilmFile(input, FfmpegTools.OnPath, vault), [], Corner) { Rendering = Options };

    /// <summary>Noise, so that what is written is not much smaller than what came.</summary>
    private async Task<string> MakeAsync(string extension, string options)
    {
        var path = Path.Combine(_folder, $"in.{extension}");
        await RunAsync("ffmpeg",
        [
            "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-f", "lavfi", "-i", "sine=440", "-t", "4",
            "-vf", "noise=alls=30:allf=t", .. options.Split(' '), path,
        ]);
        return path;
    }

    private static async Task<(double Picture, double Sound)> StartsAsync(string path) =>
        (await FirstAsync(path, "v:0"), await FirstAsync(path, "a:0"));

    private static async Task<double> FirstAsync(string path, string stream) =>
        double.Parse(
            (await RunAsync("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", "frame=best_effort_timestamp_time", "-of", "csv=p=0", path]))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].Trim(',', ' ', '\r'), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Seconds of sound, decoded.</summary>
    private static async Task<double> SoundAsync(string path) =>
        (await RunAsync("ffprobe", ["-v", "error", "-select_streams", "a:0", "-show_entries", "frame=nb_samples", "-of", "csv=p=0", path]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => int.Parse(line.Trim(',', ' ', '\r'), System.Globalization.CultureInfo.InvariantCulture)) / 44_100.0;

    private static async Task<string> RunAsync(string tool, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, said) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, await said);
        return await output;
    }

    /// <summary>Files as they are, whose films are worked on in memory all the same.</summary>
    private sealed class MemoryVault(long most) : FilmVault
    {
        public override FilmMemory Memory { get; } = new(most);

        public override Stream OpenRead(string path) => Plain.OpenRead(path);

        public override Stream Create(string path) => Plain.Create(path);

        public override void Append(string path, ReadOnlySpan<byte> bytes) => Plain.Append(path, bytes);
    }

    /// <summary>Looks all the time how much this process's films in memory take together.</summary>
    private sealed class MemoryWatch : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _watching;
        private long _largest;
        private int _looks;

        public MemoryWatch()
        {
#pragma warning disable RS0030 // It looks all the time, beside the test.
            _watching = Task.Run(Watch);
#pragma warning restore RS0030
        }

        public async Task<(long Largest, int Looks)> EndAsync()
        {
            await _stop.CancelAsync();
            await _watching;
            return (_largest, _looks);
        }

        public async ValueTask DisposeAsync()
        {
            await EndAsync();
            _stop.Dispose();
        }

        private void Watch()
        {
            while (!_stop.IsCancellationRequested)
            {
                // A film has a file for who holds it, and others for who reads it at the moment.
                var films = new Dictionary<string, long>(StringComparer.Ordinal);
                foreach (var file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
                {
                    try
                    {
                        if (new FileInfo(file).LinkTarget?.Contains("memfd:liveface film", StringComparison.Ordinal) == true)
                            using (var open = File.OpenHandle(file))
                                films[InodeOf(file)] = RandomAccess.GetLength(open);
                    }
                    catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                    {
                        // It was closed while it was looked at.
                    }
                }

                _largest = Math.Max(_largest, films.Values.Sum());
                _looks++;
                _stop.Token.WaitHandle.WaitOne(2);
            }
        }

        private static string InodeOf(string file) =>
            File.ReadLines($"/proc/self/fdinfo/{Path.GetFileName(file)}").FirstOrDefault(line => line.StartsWith("ino:", StringComparison.Ordinal)) ?? file;
    }
}
