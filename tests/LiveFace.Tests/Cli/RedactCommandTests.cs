using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

public sealed class RedactCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-redact-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task A_picture_gets_a_safe_one_beside_it_and_is_left_as_it_is()
    {
        var input = Copy("me.png");
        (await RunAsync(input)).ShouldBe(CommandLine.Success, _errors.ToString());
        Portrait.FaceIn(File.ReadAllBytes(Path.Combine(_folder, "me.redacted.png"))).ShouldBeLessThan(Likeness.Shown);
        File.ReadAllBytes(input).ShouldBe(File.ReadAllBytes(Portrait.Path));
        _output.ToString().ShouldContain("found");
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_only_by_force()
    {
        var input = Copy("me.png");
        var output = Path.Combine(_folder, "safe.jpg");
        File.WriteAllText(output, "mine");
        (await RunAsync(input, "-o", output)).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain("--force");
        File.ReadAllText(output).ShouldBe("mine");
        (await RunAsync(input, "-o", output, "--force", "--preset", "cover-everything")).ShouldBe(CommandLine.Success, _errors.ToString());
        Portrait.FaceIn(File.ReadAllBytes(output)).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task What_a_person_marked_is_hidden_beside_the_finds()
    {
        var input = Copy("me.png");
        var policy = Path.Combine(_folder, "nothing.json");
        var marks = Path.Combine(_folder, "marks.json");
        File.WriteAllText(policy, """{"rules":[],"nothingHidden":true}""");
        File.WriteAllText(marks, """{"hide":[{"shape":"ellipse","box":{"x":0.3,"y":0.1,"width":0.28,"height":0.3}}]}""");
        (await RunAsync(input, "--policy", policy, "--marks", marks)).ShouldBe(CommandLine.Success, _errors.ToString());
        Portrait.FaceIn(File.ReadAllBytes(Path.Combine(_folder, "me.redacted.png"))).ShouldBeLessThan(Likeness.Shown);
        _output.ToString().ShouldContain("1 drawn by hand");
        (await RunAsync(input, "--policy", policy, "--force")).ShouldBe(CommandLine.Success, _errors.ToString());
        Portrait.FaceIn(File.ReadAllBytes(Path.Combine(_folder, "me.redacted.png"))).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Theory]
    [InlineData("There is no file", "nowhere.png")]
    [InlineData("text.jpg: The file is no JPEG, PNG or WebP", "text.jpg")]
    [InlineData("text.mp4", "text.mp4")]
    [InlineData("ends in .mp4, .webm, .mkv, .gif or .apng", "me.mp4", "-o", "me.txt")]
    [InlineData("ends in .jpg, .png or .webp", "me.png", "-o", "me.gif")]
    [InlineData("over itself", "me.png", "-o", "me.png", "--force")]
    [InlineData("--preset has to be one of blur-faces", "me.png", "--preset", "smile")]
    [InlineData("not a field", "me.png", "--policy", "wrong.json")]
    [InlineData("rules[0].when.model", "me.png", "--policy", "unknown.json")]
    [InlineData("marks.hide[0].box", "me.png", "--marks", "marks.json")]
    [InlineData("There is no file", "me.png", "--marks", "none.json")]
    [InlineData("--marks is about one picture", "me.mp4", "--marks", "marks.json")]
    [InlineData("--every", "me.png", "--every", "1001")]
    [InlineData("1 to 10 with --one-pass", "me.mp4", "--one-pass", "--every", "11")]
    [InlineData("--output names one file", "me.png", "me.mp4", "-o", "out.png")]
    public async Task What_cannot_be_done_is_one_sentence_and_nothing_is_written(string sentence, params string[] args)
    {
        Copy("me.png");
        Copy("me.mp4");
        File.WriteAllText(Path.Combine(_folder, "text.jpg"), "no picture");
        File.WriteAllText(Path.Combine(_folder, "text.mp4"), "no film");
        File.WriteAllText(Path.Combine(_folder, "wrong.json"), """{"rules":[],"colour":"red"}""");
        File.WriteAllText(Path.Combine(_folder, "marks.json"), """{"hide":[{"shape":"rectangle"}]}""");
        File.WriteAllText(Path.Combine(_folder, "unknown.json"), """{"rules":[{"when":{"model":"ghosts","classes":"all"},"where":"box","how":{"effect":"blur"}}]}""");
        var before = Directory.GetFiles(_folder).Order();
        (await RunAsync([.. args.Select(arg => arg.Contains('.', StringComparison.Ordinal) ? Path.Combine(_folder, arg) : arg)])).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain(sentence);
        Directory.GetFiles(_folder).Order().ShouldBe(before);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private string Copy(string name)
    {
        var to = Path.Combine(_folder, name);
        File.Copy(Portrait.Path, to);
        return to;
    }

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        ["redact", .. args, "--models", RealModels.Catalogue.Folder], _output, _errors, TestContext.Current.CancellationToken);
}
