using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using LiveFace.Vision.Tests.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Inference;

public sealed class InferenceSessionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_ask_for_a_model_get_the_same_session()
    {
        using var sessions = new InferenceSessions(Repository.Catalogue, Repository.Preparation, new InferenceOptions { Device = "cpu" });

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sessions.GetAsync("ultraface", progress: null, Cancel)));

        asked.Distinct().Count().ShouldBe(1);
        sessions.Get("ultraface").ShouldBe(asked[0]);
        asked[0].InputNames.ShouldBe(["input"]);
    }

    [Fact]
    public async Task A_look_that_is_under_way_while_the_server_ends_is_finished_and_takes_nothing_down()
    {
        await Repository.ModelAsync("ultraface");
        using var pool = new FramePool();
        using var frame = pool.Rent(320, 240);
        FrameCopy.Fill(frame, 90, 128, 128);
        using var sessions = new InferenceSessions(Repository.Catalogue, Repository.Preparation, new InferenceOptions { Device = "cpu" });
        using var detectors = new Detectors(Repository.Catalogue, sessions);
        using var lane = detectors.Get("ultraface").OpenLane(1);
        lane.Sample(frame, new PixelRect(0, 0, 320, 240), new InputSize(320, 256)).ShouldBeTrue();

        detectors.Dispose();
        sessions.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        lane.Infer(new DetectionList()).ShouldBe(DetectionVerdict.Seen);
    }

    [Fact]
    public async Task A_model_that_is_off_is_refused_with_its_licence_and_the_command()
    {
        using var sessions = new InferenceSessions(Repository.Catalogue, Repository.Preparation, new InferenceOptions { Device = "cpu" });

        (await Should.ThrowAsync<ModelException>(() => sessions.GetAsync("yolo11", progress: null, Cancel)))
            .Message.ShouldBe("Model 'yolo11' is off (licence of its weights: AGPL-3.0); turn it on with: liveface models on yolo11");
    }

    [Fact]
    public async Task A_users_own_network_loads_by_one_entry_in_the_local_file()
    {
        File.Copy(await Repository.ModelAsync("ultraface"), Path.Combine(_folder, "mine.onnx"));
        using var sessions = Own("mine.onnx", "input");

        sessions.Get("mine").OutputNames.ShouldBe(["scores", "offsets"]);
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

    [Fact]
    public async Task A_gpu_that_does_not_load_a_model_gives_way_to_the_cpu_and_says_so()
    {
        await Repository.ModelAsync("ultraface");
        var cpu = new InferenceDevice("CPU", "CPUExecutionProvider", 1, "");
        using var sessions = new InferenceSessions(Repository.Catalogue, Repository.Preparation, cpu with { Name = "Some GPU", Fallback = cpu }, Unloadable);

        sessions.Get("ultraface").ShouldNotBeNull();

        sessions.Device.Name.ShouldBe("CPU");
        sessions.Device.Unused.ShouldStartWith("a model did not load on Some GPU (");
    }

    [Fact]
    public async Task A_gpu_that_is_demanded_does_not_give_way()
    {
        await Repository.ModelAsync("ultraface");
        var gpu = new InferenceDevice("Some GPU", "CUDAExecutionProvider", 1, "");
        using var sessions = new InferenceSessions(Repository.Catalogue, Repository.Preparation, gpu, Unloadable);

        Should.Throw<ModelException>(() => sessions.Get("ultraface")).Message.ShouldStartWith("Model 'ultraface' could not be loaded from");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Settings that the runtime refuses for a GPU: a provider that it was built without.</summary>
    private static SessionOptions Unloadable(InferenceDevice device)
    {
        var options = new SessionOptions();
        if (device.Name != "CPU")
            options.AppendExecutionProvider("QNN");
        return options;
    }

    private InferenceSessions Own(string file, string input)
    {
        File.WriteAllText(Path.Combine(_folder, "models.json"), "{}");
        File.WriteAllText(Path.Combine(_folder, "models.local.json"), $$"""
            {
              "models": [{
                "id": "mine", "job": "faces", "on": true,
                "source": { "type": "file", "path": "{{file}}" },
                "licence": { "package": "own", "weights": "own", "kind": "permissive" },
                "decoder": "ultraface",
                "input": { "name": "{{input}}", "layout": "nchw", "width": 320, "height": 240, "step": 8,
                           "colour": "rgb", "resize": "stretch", "mean": [127], "std": [128] }
              }]
            }
            """);
        var catalogue = ModelCatalogue.Load(_folder);
        return new InferenceSessions(catalogue, new ModelPreparation(catalogue, TimeProvider.System), new InferenceOptions { Device = "cpu" });
    }
}
