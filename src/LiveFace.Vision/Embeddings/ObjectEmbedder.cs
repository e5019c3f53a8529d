using System.Numerics.Tensors;
using System.Security.Cryptography;
using LiveFace.Media.Frames;
using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Embeddings;

/// <summary>
/// What a thing looks like, as numbers of length one: a ResNet-18 that was taught ImageNet's thousand classes. It tells kinds of
/// things apart and not people; whoever uses it keeps people out.
/// </summary>
public sealed class ObjectEmbedder : IDisposable
{
    /// <summary>How many numbers.</summary>
    public const int Length = 512;

    /// <summary>The one file that is loaded: that of Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1.</summary>
    public const string Sha256 = "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f";

    private const int Side = 224;

    // What the net's makers took away: ImageNet's means of blue, green and red.
    private static readonly float[] Means = [103.939f, 116.779f, 123.68f];

    private readonly TensorSampler _sampler = new(new TensorFormat(Side, Side) { Filter = ResampleFilter.Area });
    private readonly float[] _rgb = new float[3 * Side * Side];
    private readonly float[] _input = new float[3 * Side * Side];
    private readonly InferenceSession _session;
    private readonly Lock _lock = new();

    private ObjectEmbedder(InferenceSession session) => _session = session;

    /// <summary>Loads the model.</summary>
    /// <exception cref="ModelException">The file is not there, is another one, or does not load.</exception>
    public static ObjectEmbedder Open(string path)
    {
        try
        {
            var file = File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != Sha256)
                throw new ModelException($"{path} is not the model that pictures are searched by; remove it and run: make search-model");
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            return new ObjectEmbedder(new InferenceSession(file, options));
        }
        catch (IOException error)
        {
            throw new ModelException("The model that pictures are searched by is not here; run: make search-model", error);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelException($"The model that pictures are searched by does not load: {error.Message}", error);
        }
    }

    /// <summary>What a part of a picture looks like.</summary>
    public float[] Embed(VideoFrame frame, BoxF box)
    {
        lock (_lock)
        {
            _sampler.Sample(frame, new PictureRegion(box.Left, box.Top, box.Width, box.Height), _rgb);
            const int plane = Side * Side;
            for (var channel = 0; channel < 3; channel++)
                TensorPrimitives.Subtract(_rgb.AsSpan((2 - channel) * plane, plane), Means[channel], _input.AsSpan(channel * plane, plane));
            using var input = OrtValue.CreateTensorValueFromMemory(_input, [1, 3, Side, Side]);
            using var run = new RunOptions();
            using var outputs = _session.Run(run, _session.InputNames, [input], _session.OutputNames);
            var values = outputs[0].GetTensorDataAsSpan<float>()[..Length].ToArray();
            TensorPrimitives.Divide(values, MathF.Max(1e-6f, TensorPrimitives.Norm<float>(values)), values);
            return values;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
