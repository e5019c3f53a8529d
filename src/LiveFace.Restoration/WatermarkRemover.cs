using LiveFace.Media.Frames;
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
    private const string ColoursName = "restored";
    private static readonly string[] Outputs = [MaskName, ColoursName];

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
        if (!look.IsEmpty)
            Repair(frame, look, look.Mask);
        return look;
    }

    /// <summary>Puts in place what a look at this picture saw, under a mask that may be steadier than the look's own.</summary>
    public static void Repair(VideoFrame frame, MarkLook look, ReadOnlySpan<byte> mask)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(look);
        if ((look.Width, look.Height) != (frame.Width, frame.Height) || mask.Length != look.Mask.Length)
            throw new ArgumentException("The look or the mask is of another picture.", nameof(look));
        MarkRepair.Apply(frame, mask, look.Colours);
    }

    /// <summary>Looks at a picture, which stays as it is.</summary>
    /// <exception cref="ModelRefusedException">The model gives other shapes than it should.</exception>
    public MarkLook Look(VideoFrame frame, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var (tileWidth, tileHeight) = (TileAxis.SideFor(frame.Width), TileAxis.SideFor(frame.Height));
        var (lefts, tops) = (TileAxis.Starts(frame.Width), TileAxis.Starts(frame.Height));
        var (mask, colours) = (new byte[frame.Width * frame.Height], new byte[3 * frame.Width * frame.Height]);
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
            band.Take(rows, mask.AsSpan(from), colours.AsSpan(3 * from));
        }

        return new MarkLook(frame.Width, frame.Height, mask, colours, MarkMeasures.Of(frame, mask, colours));
    }

    private void Run(float[] input, int width, int height, int left, TileBand band)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, height, width]);
        using var options = new RunOptions();
        using var results = _session.Run(options, [_model.Input.Name], [value], Outputs);
        var mask = results[0].GetTensorDataAsSpan<float>();
        var colours = results[1].GetTensorDataAsSpan<float>();
        if (mask.Length != width * height || colours.Length != 3 * width * height)
            throw new ModelRefusedException(
                _model.Id, $"a mask of {width * height} and a picture of {3 * width * height} numbers", $"{mask.Length} and {colours.Length}");
        band.Add(left, mask, colours);
    }
}
