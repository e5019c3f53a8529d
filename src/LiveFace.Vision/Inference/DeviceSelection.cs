using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>
/// Chooses the device. <c>auto</c> takes a GPU where there is one and its library loads, and says why where it does not;
/// <c>cuda</c> ends the start with that reason instead.
/// </summary>
internal sealed class DeviceSelection(IGpuProvider provider, string root = "/")
{
    private const string CpuProvider = "CPUExecutionProvider";

    public InferenceDevice Select(InferenceOptions options, int cores)
    {
        if (options.Fault() is { } fault)
            throw new InferenceException(fault);
        var choice = DeviceChoices.Parse(options.Device);
        var threads = options.Threads > 0 ? options.Threads : Math.Clamp(cores / 2, 1, 4);
        var cpu = new InferenceDevice("CPU", CpuProvider, threads, "");
        if (choice == DeviceChoice.Cpu)
            return SeesGpu() ? cpu with { Unused = "Inference:Device is cpu" } : cpu;

        // 'cuda' tries even where no device file is seen, since a container may hide those.
        if (choice == DeviceChoice.Auto && !SeesGpu())
            return cpu;
        if (TryGpu(out var gpu, out var reason))
            return new InferenceDevice(NameOf(gpu), gpu.EpName, threads, "") { Handle = gpu, Fallback = choice == DeviceChoice.Auto ? cpu : null };
        return choice == DeviceChoice.Auto
            ? cpu with { Unused = reason }
            : throw new InferenceException($"Inference:Device is cuda, but {reason}. Set it to auto or cpu to run without a GPU.");
    }

    private bool TryGpu(out OrtEpDevice gpu, out string reason)
    {
        gpu = null!;
        if (!provider.IsBuiltIn)
        {
            reason = "this build has no CUDA provider; 'make gpu' builds it in";
            return false;
        }
        try
        {
            var found = provider.Load();
            reason = "the CUDA provider offers no GPU";
            if (found.Count == 0)
                return false;
            gpu = found[0];
            return true;
        }
        catch (InferenceException refused)
        {
            reason = $"the CUDA provider could not be loaded ({refused.Message.TrimEnd('.')}); it needs NVIDIA's driver, CUDA 13 and cuDNN 9";
            return false;
        }
    }

    private bool SeesGpu() => File.Exists(Path.Combine(root, "dev/nvidia0")) || Directory.Exists(Path.Combine(root, "proc/driver/nvidia"));

    private static string NameOf(OrtEpDevice device)
    {
        var hardware = device.HardwareDevice;
        return hardware.Metadata.Entries.TryGetValue("Description", out var name) && name.Length > 0
            ? name
            : $"{hardware.Vendor} GPU {hardware.DeviceId:x4}";
    }
}
