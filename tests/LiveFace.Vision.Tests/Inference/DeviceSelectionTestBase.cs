using LiveFace.Vision.Inference;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Inference;

/// <summary>A machine with or without a GPU, and a provider with or without one.</summary>
public abstract class DeviceSelectionTestBase : IDisposable
{
    private protected readonly string _root = Directory.CreateTempSubdirectory("liveface").FullName;
    private protected readonly FakeProvider _provider = new();

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected InferenceDevice Select(InferenceOptions options, int cores) => new DeviceSelection(_provider, _root).Select(options, cores);

    private protected sealed class FakeProvider : IGpuProvider
    {
        public bool IsBuiltIn { get; set; } = true;

        public int Loads { get; private set; }

        public string Fault { get; set; } = "";

        public IReadOnlyList<OrtEpDevice> Load()
        {
            Loads++;
            return Fault.Length == 0 ? [] : throw new InferenceException(Fault);
        }
    }
}
