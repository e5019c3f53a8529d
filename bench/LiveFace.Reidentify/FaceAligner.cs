using LiveFace.Media.Frames;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Reidentify;

/// <summary>Finds eyes, nose and mouth in a face's box and from them the crop that embedding models are taught on.</summary>
public sealed class FaceAligner : IDisposable
{
    private const int Side = 64;

    /// <summary>Where eyes, nose and mouth corners lie in the crop of 112 by 112 that ArcFace made common.</summary>
    private static readonly float[] Template =
        [38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f];

    private readonly InferenceSession _session;

    /// <summary>Opens the model.</summary>
    public FaceAligner(string modelPath)
    {
        using var options = PlainSession.Options();
        _session = new InferenceSession(modelPath, options);
    }

    /// <summary>The crop of the face whose box has this middle and, as a square, this side.</summary>
    public Similarity Align(VideoFrame picture, float centreX, float centreY, float size)
    {
        var (left, top) = (centreX - size / 2, centreY - size / 2);
        var grey = CropReader.Grey(picture, left, top, size, Side);
        for (var i = 0; i < grey.Length; i++)
            grey[i] /= 256;
        using var input = OrtValue.CreateTensorValueFromMemory(grey, [1, 1, Side, Side]);
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [_session.InputNames[0]], [input], [_session.OutputNames[0]]);
        var points = outputs[0].GetTensorDataAsSpan<float>();
        float[] found = [.. Mean(points, 36, 42), .. Mean(points, 42, 48), .. Mean(points, 30, 31), .. Mean(points, 48, 49), .. Mean(points, 54, 55)];
        for (var i = 0; i < found.Length; i += 2)
        {
            found[i] = left + found[i] * size;
            found[i + 1] = top + found[i + 1] * size;
        }

        return Similarity.Between(Template, found);
    }

    private static float[] Mean(ReadOnlySpan<float> points, int from, int to)
    {
        float x = 0, y = 0;
        for (var i = from; i < to; i++)
        {
            x += points[2 * i] / (to - from);
            y += points[2 * i + 1] / (to - from);
        }

        return [x, y];
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
