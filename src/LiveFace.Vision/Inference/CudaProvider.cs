using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>ONNX Runtime's CUDA provider: a library beside the program where it was built with <c>-p:Cuda=true</c>.</summary>
/// <param name="folder">The folder that the library lies in.</param>
internal sealed class CudaProvider(string folder) : IGpuProvider
{
    public const string LibraryName = "libonnxruntime_providers_cuda.so";
    private const string Registration = "liveface-cuda";
    private static readonly Lock Registering = new();

    public bool IsBuiltIn => File.Exists(Library);

    private string Library => Path.Combine(folder, LibraryName);

    public IReadOnlyList<OrtEpDevice> Load()
    {
        var environment = OrtEnv.Instance();
        try
        {
            // The process has one environment, and it takes a library once.
            lock (Registering)
                if (CudaDevices(environment) is { Count: > 0 } registered)
                    return registered;
                else
                    environment.RegisterExecutionProviderLibrary(Registration, Library);
        }
        catch (OnnxRuntimeException refused)
        {
            // The runtime's message goes on for many lines; the first holds what the loader said.
            throw new InferenceException(refused.Message.Split('\n')[0].Trim(), refused);
        }
        return CudaDevices(environment);
    }

    private static List<OrtEpDevice> CudaDevices(OrtEnv environment) =>
        [.. environment.GetEpDevices().Where(device =>
            device.HardwareDevice.Type == OrtHardwareDeviceType.GPU && device.EpName.Contains("CUDA", StringComparison.OrdinalIgnoreCase))];
}

/// <summary>Runs models on GPUs.</summary>
internal interface IGpuProvider
{
    /// <summary>Whether this build of the program carries it.</summary>
    bool IsBuiltIn { get; }

    /// <summary>Loads it and gives the GPUs that it offers.</summary>
    /// <exception cref="InferenceException">It could not be loaded.</exception>
    IReadOnlyList<OrtEpDevice> Load();
}
