using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

public sealed class ServeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    [Theory]
    [InlineData("--Inference:Device=tpu", "Inference:Device is 'tpu'; it has to be auto, cpu or cuda.")]
    [InlineData("--Inference:Threads=-4", "Inference:Threads is -4; it has to be a number from 0")]
    [InlineData("--Models:Folder=/nowhere", "There is no models.json in /nowhere;")]
    public async Task A_setting_of_inference_that_cannot_be_met_ends_the_start_with_a_sentence(string setting, string expected)
    {
        (await ServeAsync(setting)).ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_gpu_that_is_demanded_and_is_not_there_ends_the_start()
    {
        (await ServeAsync("--Inference:Device=cuda")).ShouldBe(
            "Inference:Device is cuda, but this build has no CUDA provider; 'make gpu' builds it in. Set it to auto or cpu to run without a GPU.\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> ServeAsync(params string[] settings)
    {
        using var errors = new StringWriter();
        using var output = new StringWriter();
        string[] args = ["serve", "--Listen=http://127.0.0.1:0", $"--Storage:Folder={_folder}", "--Media:Port=0", "--Media:Bind:0=127.0.0.1", .. settings];

        (await CommandLine.RunAsync(args, output, errors, TestContext.Current.CancellationToken)).ShouldBe(2);

        return errors.ToString();
    }
}
