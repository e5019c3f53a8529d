using LiveFace.Vision.Inference;

namespace LiveFace.Vision.Tests.Inference;

public sealed class DeviceSelectionTests : DeviceSelectionTestBase
{
    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Without_a_gpu_the_cpu_is_taken_and_nothing_is_said_of_one(string device)
    {
        var selected = Select(new InferenceOptions { Device = device }, cores: 2);

        selected.ToString().ShouldBe("CPU, CPUExecutionProvider, 1 thread");
        selected.IsGpu.ShouldBeFalse();
        _provider.Loads.ShouldBe(0);
    }

    [Fact]
    public void A_gpu_without_a_provider_in_the_build_is_named_with_the_command_that_builds_it_in()
    {
        SeeGpu();
        _provider.IsBuiltIn = false;

        Select(new InferenceOptions(), cores: 8).ToString().ShouldBe(
            "CPU, CPUExecutionProvider, 4 threads; a GPU is not used: this build has no CUDA provider; 'make gpu' builds it in");
    }

    [Fact]
    public void A_gpu_whose_provider_does_not_load_is_named_with_the_reason()
    {
        SeeGpu();
        _provider.Fault = "libcudart.so.13: cannot open shared object file";

        var selected = Select(new InferenceOptions(), cores: 2);

        selected.IsGpu.ShouldBeFalse();
        selected.Unused.ShouldBe("the CUDA provider could not be loaded (libcudart.so.13: cannot open shared object file); it needs NVIDIA's driver, CUDA 13 and cuDNN 9");
    }

    [Fact]
    public void A_provider_that_offers_no_gpu_leaves_the_cpu()
    {
        SeeGpu();

        Select(new InferenceOptions(), cores: 2).Unused.ShouldBe("the CUDA provider offers no GPU");
    }

    [Fact]
    public void A_gpu_that_is_not_wanted_is_not_tried()
    {
        SeeGpu();

        Select(new InferenceOptions { Device = "cpu" }, cores: 2).Unused.ShouldBe("Inference:Device is cpu");

        _provider.Loads.ShouldBe(0);
    }

    [Theory]
    [InlineData("gpu", 0, "Inference:Device is 'gpu'; it has to be auto, cpu or cuda.")]
    [InlineData("auto", -1, "Inference:Threads is -1; it has to be a number from 0")]
    [InlineData("auto", 65, "Inference:Threads is 65")]
    public void A_wrong_setting_is_told_by_its_name(string device, int threads, string expected) =>
        Should.Throw<InferenceException>(() => Select(new InferenceOptions { Device = device, Threads = threads }, cores: 2))
            .Message.ShouldStartWith(expected);

    [Fact]
    public void Threads_are_as_set() => Select(new InferenceOptions { Device = "CPU", Threads = 3 }, cores: 2).Threads.ShouldBe(3);

    private void SeeGpu()
    {
        Directory.CreateDirectory(Path.Combine(_root, "dev"));
        File.WriteAllText(Path.Combine(_root, "dev", "nvidia0"), "");
    }
}
