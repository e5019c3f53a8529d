using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>
/// ONNX Runtime's CUDA provider as a plug-in: a library that is registered once with the process and then offers devices.
/// </summary>
internal sealed class CudaProvider : IGpuProvider
{
    public const string LibraryName = "libonnxruntime_providers_cuda.so";
    private const string Registration = "liveface-cuda";

    public IReadOnlyList<OrtEpDevice> Register(string library)
    {
        var environment = OrtEnv.Instance();
        try
        {
            environment.RegisterExecutionProviderLibrary(Registration, library);
        }
        catch (OnnxRuntimeException refused)
        {
            // The runtime's message goes on for many lines; the first holds what the loader said.
            throw new InferenceException(refused.Message.Split('\n')[0].Trim(), refused);
        }
        return [.. environment.GetEpDevices().Where(device =>
            device.HardwareDevice.Type == OrtHardwareDeviceType.GPU && device.EpName.Contains("CUDA", StringComparison.OrdinalIgnoreCase))];
    }
}

/// <summary>Registers a library that runs models on GPUs.</summary>
internal interface IGpuProvider
{
    /// <summary>The GPUs that the library offers.</summary>
    /// <exception cref="InferenceException">The library could not be loaded.</exception>
    IReadOnlyList<OrtEpDevice> Register(string library);
}
