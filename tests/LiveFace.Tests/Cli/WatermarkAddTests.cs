using System.Text.Json.Nodes;
using LiveFace.Cli;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Tests.Cli;

/// <summary>Marks put on files and folders from the command line.</summary>
public sealed class WatermarkAddTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-watermark-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task A_folder_is_marked_side_by_side_and_what_is_no_picture_is_named_and_passed_over()
    {
        for (var i = 0; i < 6; i++)
            Put($"{i}.png", TestPng.Of(64, 64, 0x646464FF));
        Put("text.jpg", "no picture"u8.ToArray());
        Put("short.png", TestPng.Of(64, 64, 0x646464FF)[..60]);
        (await RunAsync(_folder, "--text", "mine", "--jobs", "3")).ShouldBe(WatermarkCommand.PassedOver);
        Directory.GetFiles(_folder, "*.marked.*").Length.ShouldBe(6);
        _errors.ToString().ShouldContain("text.jpg: The file is no JPEG, PNG or WebP");
        _errors.ToString().ShouldContain("short.png: ");
        _output.ToString().ShouldContain("6 of 8 files done, 2 passed over");

        // What was made is no input of the next time.
        File.Delete(Path.Combine(_folder, "text.jpg"));
        File.Delete(Path.Combine(_folder, "short.png"));
        (await RunAsync(_folder, "--text", "mine", "--force")).ShouldBe(CommandLine.Success, _errors.ToString());
        Directory.GetFiles(_folder).Length.ShouldBe(12);
    }

    [Fact]
    public async Task A_mark_is_laid_as_told_and_each_file_has_its_line_of_json()
    {
        Put("a.png", TestPng.Of(100, 100, 0x000000FF));
        Put("b.png", "no picture"u8.ToArray());
        Put("logo.png", TestPng.Of(8, 8, 0xFFFFFFFF));
        var result = await RunAsync(
            At("a.png"), At("b.png"), "--mark", At("logo.png"), "--place", "top-left", "--opacity", "1", "--size", "0.5", "-o", At("out"), "--json");
        result.ShouldBe(WatermarkCommand.PassedOver, _errors.ToString());
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        lines.Length.ShouldBe(2);
        lines.Single(line => line["problem"] is null)["output"]!.GetValue<string>().ShouldBe(At("out", "a.png"));
        lines.Single(line => line["problem"] is not null)["file"]!.GetValue<string>().ShouldBe(At("b.png"));
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(File.ReadAllBytes(At("out", "a.png")), pool);
        frame.RowY(20)[20].ShouldBe((byte)235);
        frame.RowY(80)[80].ShouldBe((byte)16);
    }

    [Theory]
    [InlineData("--text, or a picture", "a.png")]
    [InlineData("--text, or a picture", "a.png", "--text", "mine", "--mark", "a.png")]
    [InlineData("--size must be 0.02 to 1", "a.png", "--text", "mine", "--size", "3")]
    [InlineData("--color must be a colour", "a.png", "--text", "mine", "--color", "red")]
    [InlineData("There is no file", "a.png", "--mark", "none.png")]
    [InlineData("text.png: The file is no", "a.png", "--mark", "text.png")]
    [InlineData("over itself", "a.png", "--text", "mine", "-o", "a.png", "--force")]
    [InlineData("--force", "a.png", "--text", "mine", "-o", "b.png")]
    [InlineData("would both become", "a.png", "sub/a.png", "--text", "mine", "-o", "out")]
    [InlineData("a picture's name ends in", "a.png", "--text", "mine", "-o", "a.gif")]
    [InlineData("--jobs has to be", "a.png", "--text", "mine", "--jobs", "0")]
    public async Task What_cannot_be_done_is_one_sentence_and_nothing_is_written(string sentence, params string[] args)
    {
        Put("a.png", TestPng.Of(8, 8, 0x646464FF));
        Put("b.png", TestPng.Of(8, 8, 0x646464FF));
        Put("text.png", "no picture"u8.ToArray());
        Directory.CreateDirectory(At("sub"));
        Put("sub/a.png", TestPng.Of(8, 8, 0x646464FF));
        var before = Directory.GetFiles(_folder).Order();
        (await RunAsync([.. args.Select(arg => arg == "out" || arg.Contains(".png", StringComparison.Ordinal) || arg.EndsWith(".gif", StringComparison.Ordinal) ? At(arg) : arg)]))
            .ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain(sentence);
        Directory.GetFiles(_folder).Order().ShouldBe(before);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);

    private void Put(string name, byte[] file) => File.WriteAllBytes(At(name), file);

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(["watermark", "add", .. args], _output, _errors, TestContext.Current.CancellationToken);
}
