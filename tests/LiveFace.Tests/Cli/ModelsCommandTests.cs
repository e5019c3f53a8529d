using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

public sealed class ModelsCommandTests : ModelsCommandTestBase
{
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
}
