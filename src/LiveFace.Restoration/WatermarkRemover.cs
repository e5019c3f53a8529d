using LiveFace.Media.Frames;
using LiveFace.Restoration.Fit;
using LiveFace.Restoration.Tiles;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Restoration;

/// <summary>
/// Takes watermarks off pictures of any size: the net looks at overlapping tiles, which meet in soft seams. One session for all;
/// many threads may use it at a time.
/// </summary>
public sealed class WatermarkRemover
{
    /// <summary>What the catalogue calls models for this.</summary>
    public const string Job = "watermark";

    private const string MaskName = "mask";
    private const string CoverName = "cover";
    private static readonly string[] Outputs = [MaskName, CoverName];

    private readonly InferenceSession _session;
    private readonly ModelEntry _model;

    private WatermarkRemover(ModelEntry model, InferenceSession session) => (_model, _session) = (model, session);

    /// <summary>Loads the catalogue's model that is on, which is prepared first where it is not.</summary>
    /// <exception cref="ModelException">There is none, or it could not be prepared or loaded.</exception>
    /// <exception cref="ModelRefusedException">It is not what the catalogue says.</exception>
    public static async Task<WatermarkRemover> OpenAsync(
        ModelCatalogue catalogue, InferenceSessions sessions, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(sessions);
        var model = catalogue.ForPolicy(Job) is { Job: ModelJob.Watermark } found
            ? found
            : throw new ModelException("No model of the catalogue that is on takes watermarks off; see: liveface models");
        var session = await sessions.GetAsync(model.Id, progress, cancel);
        if (Outputs.Any(name => !session.OutputNames.Contains(name)))
            throw new ModelRefusedException(model.Id, $"the outputs {string.Join(" and ", Outputs)}", string.Join(", ", session.OutputNames));
        return new WatermarkRemover(model, session);
    }

    /// <summary>Looks at a picture, and takes its mark off in place; where there is none, the picture stays to the bit.</summary>
    public MarkLook Remove(VideoFrame frame, CancellationToken cancel)
    {
        var look = Look(frame, cancel);
        if (look.Found is { } mark)
            MarkRepair.Apply(frame, look.Mask, look.Cover, mark);
        return look;
    }

    /// <summary>Looks at a picture, which stays as it is.</summary>
    /// <exception cref="ModelRefusedException">The model gives other shapes than it should.</exception>
    public MarkLook Look(VideoFrame frame, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var (tileWidth, tileHeight) = (TileAxis.SideFor(frame.Width), TileAxis.SideFor(frame.Height));
        var (lefts, tops) = (TileAxis.Starts(frame.Width), TileAxis.Starts(frame.Height));
        var (mask, cover) = (new byte[frame.Width * frame.Height], new byte[frame.Width * frame.Height]);
        var band = new TileBand(frame.Width, Math.Min(tileHeight, frame.Height), tileWidth, tileHeight);
        var input = new float[3 * tileWidth * tileHeight];
        for (var i = 0; i < tops.Length; i++)
        {
            foreach (var left in lefts)
            {
                cancel.ThrowIfCancellationRequested();
                FrameRgb.Read(frame, left, tops[i], tileWidth, tileHeight, input);
                Run(input, tileWidth, tileHeight, left, band);
            }

            var rows = (i + 1 < tops.Length ? tops[i + 1] : frame.Height) - tops[i];
            var from = tops[i] * frame.Width;
            band.Take(rows, mask.AsSpan(from), cover.AsSpan(from));
        }

        var mark = MarkFit.Of(frame, mask, cover);
        return new MarkLook(frame.Width, frame.Height, mask, cover, mark, MarkMeasures.Of(frame, mask, cover, mark));
    }

    private void Run(float[] input, int width, int height, int left, TileBand band)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, height, width]);
        using var options = new RunOptions();
        using var results = _session.Run(options, [_model.Input.Name], [value], Outputs);
        var mask = results[0].GetTensorDataAsSpan<float>();
        var cover = results[1].GetTensorDataAsSpan<float>();
        if (mask.Length != width * height || cover.Length != width * height)
            throw new ModelRefusedException(_model.Id, $"a mask and a coverage of {width * height} numbers", $"{mask.Length} and {cover.Length}");
        band.Add(left, mask, cover);
    }
}
