using System.Diagnostics.Metrics;
using LiveFace.Restoration;
using LiveFace.Restoration.Drift;
using LiveFace.Telemetry;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Features.Watermarks;

/// <summary>
/// Measures each picture that a mark is taken off, and says when such pictures are no longer those that the net was judged on. What
/// is kept are numbers of the last pictures; nothing says whose.
/// </summary>
internal sealed partial class RemovalWatch : IDisposable
{
    /// <summary>What a card is called beside its net.</summary>
    public const string CardExtension = ".card.json";

    private readonly Meter _meter;
    private readonly Histogram<double> _share;
    private readonly Histogram<double> _confidence;
    private readonly Histogram<double> _energy;
    private readonly Histogram<double> _size;
    private readonly Histogram<double> _brightness;
    private readonly Histogram<double> _sharpness;
    private readonly Counter<long> _removals;
    private readonly MarkDrift _drift;

    public RemovalWatch(IMeterFactory meters, ModelCatalogue catalogue, ModelPreparation preparation, ILogger<RemovalWatch> logger)
    {
        _meter = meters.Create(MeterNames.Server);
        _share = _meter.CreateHistogram<double>("liveface.watermark.mask_share", "%", "Which part of a picture is marked");
        _confidence = _meter.CreateHistogram<double>("liveface.watermark.confidence", "%", "How sure the net is of what it takes for marked");
        _energy = _meter.CreateHistogram<double>("liveface.watermark.residual_energy", description: "By how much marked pixels are changed, of 255");
        _size = _meter.CreateHistogram<double>("liveface.watermark.size", description: "Square root of a picture's area in pixels");
        _brightness = _meter.CreateHistogram<double>("liveface.watermark.brightness", "%", "Mean luma of a picture");
        _sharpness = _meter.CreateHistogram<double>("liveface.watermark.sharpness", description: "Mean step between neighbouring pixels, of 255");
        _removals = _meter.CreateCounter<long>("liveface.watermark.removals", description: "Pictures that a mark was to be taken off, by whether one was found");
        _removals.Add(0, Outcome(isEmpty: false));
        _removals.Add(0, Outcome(isEmpty: true));
        var drift = _drift = Open(catalogue, preparation, logger);
        _meter.CreateObservableGauge(
            "liveface.watermark.drift",
            () => drift.Indices().Select(one => new Measurement<double>(one.Index, new KeyValuePair<string, object?>("measure", one.Measure))),
            description: $"Population stability index of the last pictures against the net's card; over {MarkDrift.Moved} they have moved");
    }

    /// <summary>What was seen of a picture.</summary>
    public void Add(MarkLook look)
    {
        var measures = look.Measures;
        _removals.Add(1, Outcome(look.IsEmpty));
        _share.Record(100 * measures.MaskShare);
        if (measures.Confidence is { } confidence)
            _confidence.Record(100 * confidence);
        if (measures.ResidualEnergy is { } energy)
            _energy.Record(energy);
        _size.Record(measures.Size);
        _brightness.Record(measures.Brightness * 100 / 255);
        _sharpness.Record(measures.Sharpness);
        _drift.Add(measures);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(bool isEmpty) => new("outcome", isEmpty ? "none" : "removed");

    /// <summary>Without a card nothing moves: a net of somebody's own needs none.</summary>
    private static MarkDrift Open(ModelCatalogue catalogue, ModelPreparation preparation, ILogger<RemovalWatch> logger)
    {
        if (catalogue.ForPolicy(WatermarkRemover.Job) is not { } model
            || Path.ChangeExtension(preparation.PathOf(model), CardExtension) is not { } card || !File.Exists(card))
            return MarkDrift.WithoutReference;
        try
        {
            return new MarkDrift(ReferenceCard.Read(File.ReadAllBytes(card)));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogNoCard(logger, card, wrong.Message);
            return MarkDrift.WithoutReference;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Card} is not read, so nobody is told when pictures change: {Problem}")]
    private static partial void LogNoCard(ILogger logger, string card, string problem);
}
