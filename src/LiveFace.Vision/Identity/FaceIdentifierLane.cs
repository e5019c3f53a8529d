using LiveFace.Media.Frames;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Identity;

/// <summary>
/// One stream's looks at who somebody is. <see cref="Sample"/> copies the face out of a frame on the frame's thread,
/// before the frame is redacted; <see cref="Infer"/> does the slow part on any thread. One look at a time, and nothing
/// is allocated by it.
/// </summary>
public sealed class FaceIdentifierLane : IDisposable
{
    /// <summary>The sampled square, in its own pixels, and how much larger than the face's box it is.</summary>
    private const int Around = 160;

    private const float AroundBox = 1.6f;

    /// <summary>What the landmark model sees of it.</summary>
    private const int PointsSide = 64;

    private const float PointsBox = 1.1f;

    private const int PointValues = 136;

    /// <summary>Five points that lie so far from a face's, in pixels of a crop of 112, are no face.</summary>
    private const float LargestError = 9;

    private readonly TensorSampler _sampler = new(new TensorFormat(Around, Around) { Filter = ResampleFilter.Area });
    private readonly float[] _square = GC.AllocateUninitializedArray<float>(3 * Around * Around, pinned: true);
    private readonly BoundModel _landmarks;
    private readonly BoundModel _embedding;
    private readonly FaceEmbedding _seen = new();
    private readonly float[] _five = new float[10];

    internal FaceIdentifierLane(FaceIdentifier identifier)
    {
        _landmarks = new BoundModel(identifier.Landmarks, identifier.LandmarkInput, [1, 1, PointsSide, PointsSide], PointValues);
        try
        {
            _embedding = new BoundModel(identifier.Embedding, identifier.EmbeddingInput, [1, 3, FaceFit.Side, FaceFit.Side], FaceEmbedding.Length);
        }
        catch
        {
            _landmarks.Dispose();
            throw;
        }
    }

    /// <summary>What the last look saw; it stands until the next one.</summary>
    public FaceEmbedding Seen => _seen;

    /// <summary>How well the face of the last look shows who it is.</summary>
    public FaceQuality ReadQuality() => FaceQuality.Of(_five, _embedding.Input);

    /// <summary>Copies a face out of a frame. False for one that is too small to be told from others.</summary>
    public bool Sample(VideoFrame frame, BoxF box)
    {
        var side = MathF.Max(box.Width, box.Height);
        if (!float.IsFinite(box.CentreX + box.CentreY + side) || MathF.Min(box.Width, box.Height) < FaceIdentifier.SmallestFace)
            return false;
        var around = side * AroundBox;
        _sampler.Sample(frame, new PictureRegion(box.CentreX - around / 2, box.CentreY - around / 2, around, around), _square);
        return true;
    }

    /// <summary>Who it is, in <see cref="Seen"/>. False when no face could be made out, or a model failed: nothing is known then.</summary>
    public bool Infer()
    {
        _seen.Forget();
        try
        {
            DrawGrey(_landmarks.Input);
            _landmarks.Run();
            FivePoints(_landmarks.Output, _five);
            var fit = FaceFit.To(_five);
            // Written so that what is not a number is refused too.
            if (!(fit.Error < LargestError && float.IsFinite(fit.A + fit.B + fit.Tx + fit.Ty)))
                return false;
            DrawCrop(fit, _embedding.Input);
            _embedding.Run();
            return _seen.TrySet(_embedding.Output);
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }

    /// <summary>Runs both models on an empty picture.</summary>
    /// <exception cref="OnnxRuntimeException">A model does not run.</exception>
    internal void Try()
    {
        _landmarks.Run();
        _embedding.Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _seen.Forget();
        _landmarks.Dispose();
        _embedding.Dispose();
    }

    /// <summary>Brightness of the inner square, 0 to 1.</summary>
    private void DrawGrey(Span<float> grey)
    {
        const float inner = Around * PointsBox / AroundBox;
        const float step = inner / PointsSide;
        const float start = (Around - inner) / 2;
        for (var y = 0; y < PointsSide; y++)
            for (var x = 0; x < PointsSide; x++)
            {
                var (px, py) = (start + (x + 0.5f) * step - 0.5f, start + (y + 0.5f) * step - 0.5f);
                grey[y * PointsSide + x] =
                    (0.299f * At(0, px, py) + 0.587f * At(1, px, py) + 0.114f * At(2, px, py)) / 256;
            }
    }

    private void DrawCrop(in FaceFit fit, Span<float> crop)
    {
        for (var y = 0; y < FaceFit.Side; y++)
            for (var x = 0; x < FaceFit.Side; x++)
            {
                var (px, py) = fit.At(x, y);
                for (var channel = 0; channel < 3; channel++)
                    crop[(channel * FaceFit.Side + y) * FaceFit.Side + x] = At(channel, px, py);
            }
    }

    private float At(int channel, float x, float y)
    {
        x = Math.Clamp(x, 0, Around - 1.001f);
        y = Math.Clamp(y, 0, Around - 1.001f);
        var (x0, y0) = ((int)x, (int)y);
        var (fx, fy) = (x - x0, y - y0);
        var row = _square.AsSpan((channel * Around + y0) * Around + x0, Around + 2);
        return (row[0] * (1 - fx) + row[1] * fx) * (1 - fy) + (row[Around] * (1 - fx) + row[Around + 1] * fx) * fy;
    }

    /// <summary>Of 68 points the middles of the eyes, the nose and the corners of the mouth, in pixels of the square.</summary>
    private static void FivePoints(ReadOnlySpan<float> points, Span<float> five)
    {
        Mean(points, 36, 42, five[..2]);
        Mean(points, 42, 48, five[2..4]);
        Mean(points, 30, 31, five[4..6]);
        Mean(points, 48, 49, five[6..8]);
        Mean(points, 54, 55, five[8..10]);
    }

    private static void Mean(ReadOnlySpan<float> points, int from, int to, Span<float> mean)
    {
        const float inner = Around * PointsBox / AroundBox;
        mean.Clear();
        for (var i = from; i < to; i++)
        {
            mean[0] += points[2 * i] / (to - from);
            mean[1] += points[2 * i + 1] / (to - from);
        }

        for (var i = 0; i < 2; i++)
            mean[i] = (Around - inner) / 2 + mean[i] * inner - 0.5f;
    }
}
