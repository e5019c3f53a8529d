using System.Diagnostics;
using System.Text.Json;
using LiveFace.Cli;
using LiveFace.Films.Review;

namespace LiveFace.Tests.Cli;

/// <summary>The way of a film by commands: detect, link, review, render; and by one.</summary>
public sealed class FilmCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-films-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Boxes => At("talk.boxes.json");

    [Fact]
    public async Task A_film_is_detected_linked_reviewed_and_rendered()
    {
        await MakeFilmAsync("talk.mp4");
        await DoAsync(["detect", At("talk.mp4"), .. Sight]);
        await DoAsync("link", Boxes, "--film", At("talk.mp4"));
        await DoAsync("review", "list", Boxes, "--json");
        var tracks = Lines().Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("track").GetInt32()).ToList();
        tracks.Count.ShouldBeGreaterThan(0);

        await DoAsync(["review", "keep", Boxes, .. tracks.Select(track => $"{track}")]);
        await DoAsync("review", "box", Boxes, "1:300,300,400,380", "--by", "me");
        await DoAsync("review", "cover", Boxes, "0", "0.05");
        await DoAsync("review", "undo", Boxes, "3");
        (await RunAsync("review", "keep", Boxes, "999")).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain("There is no track 999");
        var log = EditLog.Read(EditLog.PathFor(Boxes));
        log.Edits.Select(edit => edit.Edit.GetType()).ShouldBe([typeof(KeepTracks), typeof(AddBox), typeof(CoverTime), typeof(UndoEdit)]);
        log.Edits[1].By.ShouldBe("me");

        await DoAsync(["render", At("talk.mp4"), "--json", .. Sight]);
        using var done = JsonDocument.Parse(Lines().Last(line => line.StartsWith('{')));
        (done.RootElement.GetProperty("pictures").GetInt32(), done.RootElement.GetProperty("left").GetInt32()).ShouldBe((5, 0));
        done.RootElement.GetProperty("file").GetString().ShouldBe(At("talk.redacted.mp4"));
        File.Exists(At("talk.redacted.mp4")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_is_redacted_in_two_passes_and_what_was_made_is_not_taken_for_more()
    {
        await MakeFilmAsync("a.mp4");
        File.Copy(Portrait.Path, At("b.png"));
        await DoAsync(["redact", _folder, .. Sight]);
        Directory.GetFiles(_folder).Select(Path.GetFileName).Order().ShouldBe(["a.mp4", "a.redacted.mp4", "b.png", "b.redacted.png"]);
        _output.ToString().ShouldContain("a.redacted.mp4: 5 pictures, ");
        (await RunAsync("redact", At("*.mp4"), "--force", "--every", "1001")).ShouldBe(CommandLine.Refused);
        (await RunAsync("redact", At("none*.mp4"))).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain("No file fits");
    }

    [Fact]
    public async Task A_box_file_that_is_none_is_one_sentence()
    {
        await MakeFilmAsync("talk.mp4");
        await File.WriteAllTextAsync(Boxes, """{"schema":"liveface/boxes","version":3}""", Cancel);
        foreach (var command in (string[][])[["link", Boxes], ["review", "list", Boxes], ["render", At("talk.mp4"), .. Sight]])
            (await RunAsync(command)).ShouldBe(CommandLine.Refused);
        _errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains("talk.boxes.json: $.version: expected 1", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private static string[] Sight => ["--models", RealModels.Catalogue.Folder, "--every", "1000", "--policy", Policy];

    private static string Policy
    {
        get
        {
            // One model alone, so that the test takes seconds.
            var path = Path.Combine(AppContext.BaseDirectory, "ultraface-alone.json");
            if (!File.Exists(path))
                File.WriteAllText(path, """{"rules":[{"when":{"model":"ultraface","classes":"all"},"where":"ellipse","how":{"effect":"blur"}}]}""");
            return path;
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, _output, _errors, Cancel);

    private async Task DoAsync(params string[] args) => (await RunAsync(args)).ShouldBe(CommandLine.Success, _errors.ToString());

    private async Task MakeFilmAsync(string name)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-nostdin", "-y", "-loop", "1", "-framerate", "25", "-i", Portrait.Path, "-vf", "crop=512:384:0:2*n", "-frames:v", "5",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", At(name),
        ]))!;
        await ffmpeg.WaitForExitAsync(Cancel);
        ffmpeg.ExitCode.ShouldBe(0);
    }
}
