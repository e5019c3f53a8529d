using System.Diagnostics;
using System.Text.Json.Nodes;
using LiveFace.Cli;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Tests.Cli;

/// <summary>Marks taken off files from the command line, and how well: by a net that takes red for a mark.</summary>
public sealed class WatermarkRemoveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-unmark-").FullName;
    private readonly MarkModels _models = MarkModels.Red();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marks_go_from_a_folder_and_what_has_none_is_the_same_file()
    {
        Put("marked.png", TestPng.Of(100, 60, (_, y) => y < 20 ? MarkModels.Under(0x64) : 0x646464FFu));
        var plain = TestPng.Of(100, 60, 0x646464FF, ("tEXt", "Comment\0mine"u8.ToArray()));
        Put("plain.png", plain);
        Put("text.jpg", "no picture"u8.ToArray());
        (await RunAsync("remove", _folder, "--mask")).ShouldBe(WatermarkCommand.PassedOver);
        File.ReadAllBytes(At("plain.unmarked.png")).ShouldBe(plain);
        ((double)Luma("marked.unmarked.png")[100 * 10]).ShouldBe(Luma("plain.png")[100 * 10], 2);
        Luma("marked.unmarked.mask.png")[100 * 10].ShouldBe((byte)235);
        _output.ToString().ShouldContain("a mark over 33.3% taken off");
        _output.ToString().ShouldContain("no mark found");
        _errors.ToString().ShouldContain("text.jpg: The file is no JPEG");
    }

    [Fact]
    public async Task A_film_is_unmarked_picture_by_picture_and_one_that_is_none_is_passed_over()
    {
        await MakeFilmAsync("film.mp4");
        Put("broken.mp4", "no film"u8.ToArray());
        (await RunAsync("remove", At("film.mp4"), At("broken.mp4"), "--json")).ShouldBe(WatermarkCommand.PassedOver, _errors.ToString());
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        lines.Single(line => line["problem"] is null)["changed"]!.GetValue<int>().ShouldBe(5);
        lines.Single(line => line["problem"] is not null)["file"]!.GetValue<string>().ShouldBe(At("broken.mp4"));
        File.Exists(At("film.unmarked.mp4")).ShouldBeTrue();
        (await RunAsync("add", At("film.unmarked.mp4"), "--text", "mine", "--opacity", "1")).ShouldBe(CommandLine.Success, _errors.ToString());
        new FileInfo(At("film.unmarked.marked.mp4")).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task It_is_measured_beside_doing_nothing_and_the_same_seed_gives_the_same()
    {
        Put("a.png", TestPng.Of(160, 160, (x, y) => (uint)(x / 2 + y / 2) * 0x01010100u | 0xFF));
        Put("b.png", TestPng.Of(160, 160, (x, y) => (uint)(60 + (x * y & 63)) * 0x01010100u | 0xFF));
        string[] command = ["evaluate", _folder, "--side", "128", "--seed", "4", "--json"];
        (await RunAsync(command)).ShouldBe(CommandLine.Success, _errors.ToString());
        var first = _output.ToString();
        var mean = JsonNode.Parse(first.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        mean["nothing"]!["psnrMarked"]!.GetValue<double>().ShouldBeInRange(8, 35);
        mean["nothing"]!["psnr"]!.GetValue<double>().ShouldBeGreaterThan(mean["nothing"]!["psnrMarked"]!.GetValue<double>());
        mean["maskOverlap"]!.GetValue<double>().ShouldBeInRange(0, 1);
        _output.GetStringBuilder().Clear();
        (await RunAsync(command)).ShouldBe(CommandLine.Success);
        _output.ToString().ShouldBe(first);
        _output.GetStringBuilder().Clear();
        (await RunAsync("evaluate", _folder, "--side", "128", "--seed", "5", "--json")).ShouldBe(CommandLine.Success);
        _output.ToString().ShouldNotBe(first);
    }

    [Theory]
    [InlineData("There is no file", "remove", "none.png")]
    [InlineData("--side has to be", "evaluate", "a.png", "--side", "9")]
    [InlineData("no pictures to measure", "evaluate", "a.mp4")]
    public async Task What_cannot_be_done_is_one_sentence(string sentence, params string[] args)
    {
        Put("a.png", TestPng.Of(8, 8, 0x646464FF));
        Put("a.mp4", "no film"u8.ToArray());
        (await RunAsync([.. args.Select(arg => arg.Contains('.', StringComparison.Ordinal) ? At(arg) : arg)])).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain(sentence);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _models.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Put(string name, byte[] file) => File.WriteAllBytes(At(name), file);

    private byte[] Luma(string name)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(File.ReadAllBytes(At(name)), pool);
        return Portrait.LumaOf(frame);
    }

    private Task<int> RunAsync(string command, params string[] args) => RunAsync([command, .. args]);

    private Task<int> RunAsync(string[] args) => CommandLine.RunAsync(
        ["watermark", .. args, .. args[0] == "add" ? [] : (string[])["--models", _models.Path]], _output, _errors, Cancel);

    /// <summary>Five pictures of grey with a red bar in them.</summary>
    private async Task MakeFilmAsync(string name)
    {
        using var ffmpeg = Process.Start("ffmpeg", [
            "-loglevel", "error", "-f", "lavfi", "-i", "color=gray:size=160x120:rate=25,drawbox=x=20:y=20:w=80:h=40:color=red@0.5:t=fill",
            "-frames:v", "5", "-pix_fmt", "yuv420p", "-crf", "4", At(name)]);
        await ffmpeg.WaitForExitAsync(Cancel);
        ffmpeg.ExitCode.ShouldBe(0);
    }
}
