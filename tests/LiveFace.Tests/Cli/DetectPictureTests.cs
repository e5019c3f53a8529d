using System.Text.Json;
using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

/// <summary><c>liveface detect</c> of pictures: told, and nothing written.</summary>
public sealed class DetectPictureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-detect-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task A_picture_is_told_as_the_server_tells_it()
    {
        var input = Copy("me.png");
        (await RunAsync(input, "--json", "--look", "quick", "--find", "faces,outline")).ShouldBe(CommandLine.Success, _errors.ToString());
        using var told = JsonDocument.Parse(_output.ToString());
        told.RootElement.GetProperty("file").GetString().ShouldBe(input);
        told.RootElement.GetProperty("look").GetString().ShouldBe("quick");
        told.RootElement.GetProperty("objects").EnumerateArray().Select(one => one.GetProperty("model").GetString()).Distinct().ShouldBe(["faces", "outline"]);
        Directory.GetFiles(_folder).ShouldBe([input]);
    }

    [Fact]
    public async Task Without_json_it_is_a_line_for_each_find_and_coco_names_the_file()
    {
        var input = Copy("me.png");
        (await RunAsync(input, "--look", "quick")).ShouldBe(CommandLine.Success, _errors.ToString());
        _output.ToString().ShouldMatch("me[.]png: 512×512, [1-9] found");
        _output.ToString().ShouldMatch("  face 0[.][0-9]{2} at [0-9]+,[0-9]+ to [0-9]+,[0-9]+, hidden");
        _output.GetStringBuilder().Clear();
        (await RunAsync(input, "--look", "quick", "--json", "--format", "coco")).ShouldBe(CommandLine.Success, _errors.ToString());
        JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("images")[0].GetProperty("file_name").GetString().ShouldBe(input);
    }

    [Theory]
    [InlineData("--find: must be a job", "me.png", "--find", "ghosts")]
    [InlineData("'hard' not recognized", "me.png", "--look", "hard")]
    [InlineData("text.jpg: The file is no JPEG, PNG or WebP", "text.jpg", "--look", "quick")]
    public async Task What_cannot_be_done_is_one_sentence(string sentence, params string[] args)
    {
        Copy("me.png");
        File.WriteAllText(Path.Combine(_folder, "text.jpg"), "no picture");
        (await RunAsync([.. args.Select(arg => arg.Contains('.', StringComparison.Ordinal) ? Path.Combine(_folder, arg) : arg)])).ShouldBe(CommandLine.Refused);
        _errors.ToString().ShouldContain(sentence);
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
        ["detect", .. args, "--models", RealModels.Catalogue.Folder, "--sandbox", "off"], _output, _errors, TestContext.Current.CancellationToken);
}
