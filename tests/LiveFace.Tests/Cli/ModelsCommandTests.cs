using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

public sealed class ModelsCommandTests : IDisposable
{
    private const string Entry = """
        {
          "models": [
            {
              "id": "kind", "title": "A kind one", "job": "faces", "on": true, "first": true,
              "source": { "type": "file", "path": "kind.onnx" },
              "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" },
              "decoder": "ultraface",
              "input": { "name": "input", "layout": "nchw", "width": 320, "height": 240,
                         "colour": "rgb", "resize": "stretch", "mean": [127], "std": [128] }
            },
            {
              "id": "greedy", "job": "objects",
              "source": { "type": "file", "path": "greedy.onnx" },
              "licence": { "package": "MIT", "weights": "AGPL-3.0", "kind": "copyleft", "note": "Give your source." },
              "decoder": "yolo",
              "input": { "name": "images", "layout": "nchw", "width": 640, "height": 640,
                         "colour": "rgb", "resize": "stretch", "mean": [0], "std": [255] }
            }
          ]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public ModelsCommandTests() => File.WriteAllText(Path.Combine(_folder, "models.json"), Entry);

    [Fact]
    public async Task Models_are_listed_with_job_licence_and_state()
    {
        File.WriteAllText(Path.Combine(_folder, "kind.onnx"), new string('x', 300_000));

        (await RunAsync("models")).ShouldBe(0);

        var lines = _output.ToString().Split('\n');
        lines[0].ShouldStartWith("MODEL   JOB      LICENCE OF WEIGHTS  STATE     SIZE    WHAT IT IS");
        lines[1].ShouldBe("kind    faces    MIT                 prepared  0.3 MB  A kind one");
        lines[2].ShouldBe("greedy  objects  AGPL-3.0            off               greedy");
    }

    [Fact]
    public async Task Preparing_without_names_takes_those_of_the_first_run()
    {
        File.WriteAllText(Path.Combine(_folder, "kind.onnx"), "x");

        (await RunAsync("models", "prepare")).ShouldBe(0);

        _output.ToString().ShouldBe("kind: ready\n");
    }

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
    public async Task Turning_a_model_on_tells_its_licence_and_lasts()
    {
        (await RunAsync("models", "on", "greedy")).ShouldBe(0);
        _output.ToString().ShouldBe("greedy: licence of the weights AGPL-3.0, of the package MIT (copyleft). Give your source.\n");

        (await RunAsync("models")).ShouldBe(0);
        _output.ToString().ShouldContain("greedy  objects  AGPL-3.0            not prepared");

        (await RunAsync("models", "off", "greedy")).ShouldBe(0);
        (await RunAsync("models")).ShouldBe(0);
        _output.ToString().TrimEnd().ShouldEndWith("off                 greedy");
    }

    [Fact]
    public async Task Preparing_a_model_that_is_off_tells_its_licence_first()
    {
        File.WriteAllText(Path.Combine(_folder, "greedy.onnx"), "x");

        (await RunAsync("models", "prepare", "greedy")).ShouldBe(0);

        _output.ToString().ShouldBe("greedy: licence of the weights AGPL-3.0, of the package MIT (copyleft). Give your source.\ngreedy: ready\n");
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
    public async Task The_device_is_told_without_a_server()
    {
        Task<int> TellAsync(string device) => CommandLine.RunAsync(["gpu", "--device", device], _output, _errors, TestContext.Current.CancellationToken);
        (await TellAsync("cpu")).ShouldBe(0);
        _output.ToString().ShouldStartWith("CPU, CPUExecutionProvider, ");

        (await TellAsync("tpu")).ShouldBe(2);
        _errors.ToString().ShouldBe("Inference:Device is 'tpu'; it has to be auto, cpu or cuda.\n");
    }

    [Fact]
    public async Task Models_are_measured_beside_each_other()
    {
        // Without a folder named, the repository's own models are found from where the program lies.
        Task<int> RunHereAsync(params string[] args) => CommandLine.RunAsync(args, _output, _errors, TestContext.Current.CancellationToken);
        (await RunHereAsync("models", "prepare", "ultraface", "landmarks-68")).ShouldBe(0, _errors.ToString());

        (await RunHereAsync("models", "time", "ultraface", "landmarks-68", "--passes", "3", "--device", "cpu", "--threads", "1")).ShouldBe(0);

        var lines = _output.ToString().TrimEnd().Split('\n')[^4..];
        lines[0].ShouldBe("CPU, CPUExecutionProvider, 1 thread");
        lines[2].ShouldStartWith("ultraface       640×480");
        lines[2].ShouldEndWith("1.00");
        lines[3].ShouldStartWith("landmarks-68    64×64");
    }

    [Fact]
    public async Task A_number_of_passes_that_makes_no_sense_is_told()
    {
        (await RunAsync("models", "time", "--passes", "0")).ShouldBe(2);

        _errors.ToString().ShouldBe("--passes has to be a number from 1 to 100000. Try: liveface --help\n");
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync([.. args, "--models", _folder], _output, _errors, TestContext.Current.CancellationToken);
}
