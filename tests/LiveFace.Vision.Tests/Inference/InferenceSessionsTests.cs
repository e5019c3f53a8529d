using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Tests.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Inference;

public sealed class InferenceSessionsTests : InferenceSessionsTestBase
{
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
    public async Task A_users_own_network_loads_by_one_entry_in_the_local_file()
    {
        File.Copy(await Repository.ModelAsync("ultraface"), Path.Combine(_folder, "mine.onnx"));
        using var sessions = Own("mine.onnx", "input");

        sessions.Get("mine").OutputNames.ShouldBe(["scores", "offsets"]);
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

    /// <summary>Settings that the runtime refuses for a GPU: a provider that it was built without.</summary>
    private static SessionOptions Unloadable(InferenceDevice device)
    {
        var options = new SessionOptions();
        if (device.Name != "CPU")
            options.AppendExecutionProvider("QNN");
        return options;
    }
}
