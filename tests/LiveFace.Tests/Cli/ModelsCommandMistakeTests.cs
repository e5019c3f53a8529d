using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

/// <summary>Mistakes at the models command are told in a sentence.</summary>
public sealed class ModelsCommandMistakeTests : ModelsCommandTestBase
{
    [Fact]
    public async Task A_file_that_is_not_there_is_one_sentence_and_exit_code_2()
    {
        (await RunAsync("models", "prepare", "kind")).ShouldBe(2);

        _errors.ToString().ShouldBe($"Model 'kind': there is no file {Path.Combine(_folder, "kind.onnx")}.\n");
    }

    [Fact]
    public async Task A_mistyped_name_stops_before_anything_is_prepared()
    {
        File.WriteAllText(Path.Combine(_folder, "kind.onnx"), "x");

        (await RunAsync("models", "prepare", "kind", "knid")).ShouldBe(2);

        _output.ToString().ShouldBeEmpty();
        _errors.ToString().ShouldBe("There is no model 'knid'; the catalogue has kind, greedy.\n");
    }

    [Fact]
    public async Task A_folder_without_a_catalogue_is_told()
    {
        File.Delete(Path.Combine(_folder, "models.json"));

        (await RunAsync("models")).ShouldBe(2);

        _errors.ToString().ShouldBe($"There is no models.json in {_folder}; name the folder that holds it with --models, or for the server with Models:Folder.\n");
    }

    [Theory]
    [InlineData("'modells' is not known here. Try: liveface --help", "modells")]
    [InlineData("'sideways' is not known here. Try: liveface --help", "models", "sideways")]
    [InlineData("'--fast' is not known here. Try: liveface --help", "models", "prepare", "kind", "--fast")]
    public async Task What_is_not_a_command_is_told_in_a_sentence(string expected, params string[] args)
    {
        (await CommandLine.RunAsync(args, _output, _errors, TestContext.Current.CancellationToken)).ShouldBe(2);

        _errors.ToString().TrimEnd().ShouldBe(expected);
    }

    [Fact]
    public async Task A_number_of_passes_that_makes_no_sense_is_told()
    {
        (await RunAsync("models", "time", "--passes", "0")).ShouldBe(2);

        _errors.ToString().ShouldBe("--passes has to be a number from 1 to 100000. Try: liveface --help\n");
    }
}
