using LiveFace.Vision.Inference;

namespace LiveFace.Vision.Tests.Inference;

/// <summary>CUDA where it is demanded, and the libraries it is in.</summary>
public sealed class DemandedGpuTests : DeviceSelectionTestBase
{
    [Fact]
    public void Where_cuda_is_demanded_its_absence_ends_the_start()
    {
        _provider.IsBuiltIn = false;

        var error = Should.Throw<InferenceException>(() => Select(new InferenceOptions { Device = "cuda" }, cores: 2));

        error.Message.ShouldBe("Inference:Device is cuda, but this build has no CUDA provider; 'make gpu' builds it in. Set it to auto or cpu to run without a GPU.");
    }

    [Fact]
    public void Where_cuda_is_demanded_it_is_tried_without_a_device_file_too()
    {
        Should.Throw<InferenceException>(() => Select(new InferenceOptions { Device = "cuda" }, cores: 2))
            .Message.ShouldStartWith("Inference:Device is cuda, but the CUDA provider offers no GPU.");

        _provider.Loads.ShouldBe(1);
    }

    [Fact]
    public void The_provider_is_built_in_where_its_library_lies_in_the_folder()
    {
        var cuda = new CudaProvider(_root);
        cuda.IsBuiltIn.ShouldBeFalse();

        PutLibrary();

        cuda.IsBuiltIn.ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused_by_the_runtime_in_one_line()
    {
        var rubbish = PutLibrary();

        var error = Should.Throw<InferenceException>(() => new CudaProvider(_root).Load());

        error.Message.ShouldContain(rubbish);
        error.Message.ShouldNotContain("\n");
    }

    private string PutLibrary()
    {
        var path = Path.Combine(_root, "libonnxruntime_providers_cuda.so");
        File.WriteAllText(path, "no library");
        return path;
    }
}
