using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Inference;

/// <summary>Models that are off, wrong or not there are told with what to do.</summary>
public sealed class RefusedModelTests : InferenceSessionsTestBase
{
    [Fact]
    public async Task A_model_that_is_off_is_refused_with_its_licence_and_the_command()
    {
        using var sessions = new InferenceSessions(Repository.Catalogue, Repository.Preparation, new InferenceOptions { Device = "cpu" });

        (await Should.ThrowAsync<ModelException>(() => sessions.GetAsync("yolo11", progress: null, Cancel)))
            .Message.ShouldBe("Model 'yolo11' is off (licence of its weights: AGPL-3.0); turn it on with: liveface models on yolo11");
    }

    [Fact]
    public async Task A_wrong_input_name_is_told_with_the_right_ones()
    {
        File.Copy(await Repository.ModelAsync("ultraface"), Path.Combine(_folder, "mine.onnx"));
        using var sessions = Own("mine.onnx", "images");

        Should.Throw<ModelException>(() => sessions.Get("mine"))
            .Message.ShouldBe("Model 'mine' has no input 'images'; its inputs are input. Correct 'input.name' in the catalogue.");
    }

    [Fact]
    public async Task A_file_that_is_no_network_is_told_and_may_be_put_right_without_a_restart()
    {
        File.WriteAllText(Path.Combine(_folder, "mine.onnx"), "rubbish");
        using var sessions = Own("mine.onnx", "input");
        Should.Throw<ModelException>(() => sessions.Get("mine")).Message.ShouldStartWith("Model 'mine' could not be loaded from");

        File.Copy(await Repository.ModelAsync("ultraface"), Path.Combine(_folder, "mine.onnx"), overwrite: true);

        sessions.Get("mine").ShouldNotBeNull();
    }

    [Fact]
    public void A_model_that_is_not_there_yet_is_told_with_the_command_that_prepares_it()
    {
        using var sessions = Own("mine.onnx", "input");

        Should.Throw<ModelException>(() => sessions.Get("mine")).Message.ShouldBe("Model 'mine' is not prepared; run: liveface models prepare mine");
    }
}
