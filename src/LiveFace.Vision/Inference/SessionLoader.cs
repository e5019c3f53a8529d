using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>Opens models on a device, and on its fallback once one does not load there.</summary>
internal sealed class SessionLoader(InferenceDevice device, Func<InferenceDevice, SessionOptions> settings, InferenceOptions options)
{
    private volatile InferenceDevice _device = device;

    public InferenceDevice Device => _device;

    /// <summary>How windows are put together on the device; null where each is looked at by itself.</summary>
    public BatchSettings? Batches => options.BatchesOn(_device);

    /// <exception cref="ModelException">It is no ONNX file, or not what the catalogue says.</exception>
    public InferenceSession Load(ModelEntry model, string path)
    {
        try
        {
            var session = Open(path);
            if (session.InputNames.Contains(model.Input.Name))
                return session;
            var names = string.Join(", ", session.InputNames);
            session.Dispose();
            throw new ModelException($"Model '{model.Id}' has no input '{model.Input.Name}'; its inputs are {names}. Correct 'input.name' in the catalogue.");
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelException($"Model '{model.Id}' could not be loaded from {path}: {refused.Message.Split('\n')[0]}", refused);
        }
    }

    private InferenceSession Open(string path)
    {
        var first = _device;
        try
        {
            return OpenOn(first, path);
        }
        catch (OnnxRuntimeException refused) when (first.Fallback is not null)
        {
            _device = first.Fallback with { Unused = $"a model did not load on {first.Name} ({refused.Message.Split('\n')[0]})" };
            return OpenOn(_device, path);
        }
    }

    private InferenceSession OpenOn(InferenceDevice device, string path)
    {
        using var sessionOptions = settings(device);
        if (options.BatchesOn(device) is null)
            return new InferenceSession(path, sessionOptions);
        try
        {
            return new InferenceSession(BatchFreedom.Run(File.ReadAllBytes(path)), sessionOptions);
        }
        catch (Exception refused) when (refused is InvalidDataException or OnnxRuntimeException)
        {
            // As it is in the file; whether it can be batched, the detector finds out.
            return new InferenceSession(path, sessionOptions);
        }
    }
}
