using LiveFace.Media.Frames;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Reidentify;

/// <summary>Who it is, as 128 numbers of length one: SFace on an aligned crop.</summary>
public sealed class FaceEmbedder : IDisposable
{
    /// <summary>Columns and rows of the crop.</summary>
    public const int Side = 112;

    private readonly InferenceSession _session;

    /// <summary>Opens the model.</summary>
    public FaceEmbedder(string modelPath)
    {
        using var options = PlainSession.Options();
        _session = new InferenceSession(modelPath, options);
    }

    /// <summary>Embeds the face that the similarity finds in the picture.</summary>
    public float[] Embed(VideoFrame picture, Similarity toPicture)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(CropReader.Rgb(picture, toPicture, Side), [1, 3, Side, Side]);
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [_session.InputNames[0]], [input], [_session.OutputNames[0]]);
        var embedding = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        var length = MathF.Sqrt(embedding.Sum(value => value * value));
        for (var i = 0; i < embedding.Length; i++)
            embedding[i] /= length;
        return embedding;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
