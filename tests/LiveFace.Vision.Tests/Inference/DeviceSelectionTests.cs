using LiveFace.Vision.Inference;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Inference;

public sealed class DeviceSelectionTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveface").FullName;
    private readonly FakeProvider _provider = new();

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Without_a_gpu_the_cpu_is_taken_and_nothing_is_said_of_one(string device)
    {
        var selected = Select(new InferenceOptions { Device = device }, cores: 2);

        selected.ToString().ShouldBe("CPU, CPUExecutionProvider, 1 thread");
        selected.IsGpu.ShouldBeFalse();
        _provider.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_gpu_without_the_library_is_named_with_the_command_that_fetches_it()
    {
        SeeGpu();

        Select(new InferenceOptions(), cores: 8).ToString().ShouldBe(
            "CPU, CPUExecutionProvider, 4 threads; a GPU is not used: libonnxruntime_providers_cuda.so is not there; 'liveface gpu fetch' fetches it");
    }

    [Fact]
    public void A_gpu_whose_library_does_not_load_is_named_with_the_reason()
    {
        SeeGpu();
        _provider.Fault = "libcudart.so.13: cannot open shared object file";

        var selected = Select(new InferenceOptions(), cores: 2, PutLibrary());

        selected.IsGpu.ShouldBeFalse();
        selected.Unused.ShouldBe("the CUDA provider could not be loaded (libcudart.so.13: cannot open shared object file); it needs NVIDIA's driver, CUDA 13 and cuDNN 9");
    }

    [Fact]
    public void A_library_that_offers_no_gpu_leaves_the_cpu()
    {
        SeeGpu();

        Select(new InferenceOptions(), cores: 2, PutLibrary()).Unused.ShouldBe("the CUDA provider offers no GPU");
    }

    [Fact]
    public void A_gpu_that_is_not_wanted_is_not_tried()
    {
        SeeGpu();

        Select(new InferenceOptions { Device = "cpu" }, cores: 2, PutLibrary()).Unused.ShouldBe("Inference:Device is cpu");

        _provider.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void Where_cuda_is_demanded_its_absence_ends_the_start()
    {
        var error = Should.Throw<InferenceException>(() => Select(new InferenceOptions { Device = "cuda" }, cores: 2));

        error.Message.ShouldBe("Inference:Device is cuda, but libonnxruntime_providers_cuda.so is not there; 'liveface gpu fetch' fetches it. Set it to auto or cpu to run without a GPU.");
    }

    [Fact]
    public void The_library_named_in_the_settings_comes_before_those_that_are_found()
    {
        var named = Path.Combine(_root, "other.so");

        Should.Throw<InferenceException>(() => Select(new InferenceOptions { Device = "cuda", CudaLibrary = named }, cores: 2, PutLibrary()));

        _provider.Asked.ShouldBe([named]);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused_by_the_runtime_in_one_line()
    {
        var rubbish = PutLibrary();

        var error = Should.Throw<InferenceException>(() => new CudaProvider().Register(rubbish));

        error.Message.ShouldContain(rubbish);
        error.Message.ShouldNotContain("\n");
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

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private InferenceDevice Select(InferenceOptions options, int cores, params string[] libraries) =>
        new DeviceSelection(_provider, _root).Select(options, libraries, cores);

    private void SeeGpu()
    {
        Directory.CreateDirectory(Path.Combine(_root, "dev"));
        File.WriteAllText(Path.Combine(_root, "dev", "nvidia0"), "");
    }

    private string PutLibrary()
    {
        var path = Path.Combine(_root, "libonnxruntime_providers_cuda.so");
        File.WriteAllText(path, "no library");
        return path;
    }

    private sealed class FakeProvider : IGpuProvider
    {
        public List<string> Asked { get; } = [];

        public string Fault { get; set; } = "";

        public IReadOnlyList<OrtEpDevice> Register(string library)
        {
            Asked.Add(library);
            return Fault.Length == 0 ? [] : throw new InferenceException(Fault);
        }
    }
}
