using System.CommandLine;
using LiveFace.Cli.Lines;
using LiveFace.Features.Files.Detections;
using LiveFace.Films;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Cli.Films;

/// <summary>What files are looked at with: a policy, the models that it needs, and FFmpeg's tools, confined.</summary>
internal sealed class FileSight : IDisposable
{
    private readonly ModelCatalogue _catalogue;
    private readonly FaultLines _faults;
    private FileModels? _models;

    private FileSight(ModelCatalogue catalogue, RedactionPolicy policy, SandboxMode mode, TextWriter errors)
    {
        Policy = policy;
        _catalogue = catalogue;
        _faults = new FaultLines(errors);
        Decoders = new DecoderSandbox(mode, WorkerCommand.Beside("liveface"));
        Tools = FfmpegTools.OnPath with { Confiner = ToolConfiner.For(mode, "liveface") };
    }

    public RedactionPolicy Policy { get; }

    public IReadOnlyList<FileModel> Models => _models?.All ?? [];

    /// <summary>The hashes of the models' files, by their ids.</summary>
    public IReadOnlyDictionary<string, string> ModelHashes => _models?.Hashes ?? new Dictionary<string, string>();

    /// <summary>What reads the faces that the policy goes by; null where it reads nothing or that could not be opened.</summary>
    public IFaceReaders? PolicyReaders { get; private set; }

    public DecoderSandbox Decoders { get; }

    public FfmpegTools Tools { get; }

    /// <summary>Reads the policy and opens its models, which are prepared first where they are not.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="films">Whether films are looked at: several pictures beside each other, on a thread each.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<FileSight> OpenAsync(ParseResult parsed, bool films, CancellationToken cancel)
    {
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(parsed.GetValue(FilmOptions.Models)));
        var policy = await ReadPolicyAsync(parsed, catalogue, cancel);
        var sight = new FileSight(catalogue, policy, Enum.Parse<SandboxMode>(parsed.GetRequiredValue(FilmOptions.Sandbox), ignoreCase: true), parsed.InvocationConfiguration.Error);
        try
        {
            var told = parsed.GetValue(FilmOptions.Json) ? null : new ProgressLines(parsed.InvocationConfiguration.Output);
            sight._models = await FileModels.OpenAsync(
                catalogue, [.. PolicySnapshot.Create(1, policy).Models],
                new InferenceOptions { Device = parsed.GetRequiredValue(FilmOptions.Device), Threads = films ? 1 : 0 }, told, cancel);
            sight.PolicyReaders = await sight._models.ReadersAsync(policy, cancel);
            if (films && sight.Tools.Confiner is { IsRequired: false } confiner && await confiner.FindProblemAsync(cancel) is { } problem)
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"FFmpeg is not wholly confined: {problem}");
            return sight;
        }
        catch
        {
            sight.Dispose();
            throw;
        }
    }

    /// <summary>The models that a list names, or those of the policy, with the policy under their names.</summary>
    /// <exception cref="FileRedactionException">The list names what is no model.</exception>
    public async Task<(IReadOnlyList<FileModel> Models, RedactionPolicy Policy)> ModelsForAsync(string? list, CancellationToken cancel) =>
        AskedModels.TryRead(list, Policy, _catalogue, out var asked, out var problem)
            ? (await _models!.FindAsync([.. asked.Names], cancel), asked.Policy)
            : throw new FileRedactionException($"--find: {problem}.");

    /// <summary>What reads faces; null where nothing is asked of them.</summary>
    /// <exception cref="FileRedactionException">The list names what is not read.</exception>
    public async Task<AskedReaders?> ReadersForAsync(string? list, CancellationToken cancel)
    {
        if (!AskedTraits.TryRead(list, out var traits, out var problem))
            throw new FileRedactionException($"--attributes: {problem}.");
        var readers = traits == FaceTraits.None ? PolicyReaders : await _models!.ReadersAsync(traits | PolicySnapshot.ReadBy(Policy), cancel);
        return readers is null ? null : new AskedReaders(readers, traits);
    }

    /// <summary>What reads faces for a film's box file; null where nothing is asked of them.</summary>
    /// <exception cref="FileRedactionException">The list names what is not read.</exception>
    public async Task<AskedReaders?> AttributesForAsync(string? list, CancellationToken cancel) =>
        await ReadersForAsync(list, cancel) is { Tells: not FaceTraits.None } readers ? readers : null;

    public void Dispose()
    {
        Decoders.Dispose();
        _models?.Dispose();
        _faults.Dispose();
    }

    private static async Task<RedactionPolicy> ReadPolicyAsync(ParseResult parsed, ModelCatalogue catalogue, CancellationToken cancel)
    {
        RedactionPolicy? policy;
        if (parsed.GetValue(FilmOptions.Policy) is { } file)
        {
            if (!file.Exists)
                throw new FileRedactionException($"There is no file {file.FullName}.");
            if (!PolicyJson.TryRead(await File.ReadAllBytesAsync(file.FullName, cancel), out policy, out var problems))
                throw new FileRedactionException($"{file.Name}: {string.Join("; ", problems)}.");
        }
        else
        {
            policy = PolicyPresets.Find(parsed.GetRequiredValue(FilmOptions.Preset))
                ?? throw new FileRedactionException($"--preset has to be one of {string.Join(", ", PolicyPresets.All.Select(p => p.Preset))}.");
        }

        var unknown = new PolicyNames(catalogue.Models, () => []).Check(policy);
        return unknown.Count == 0 ? policy : throw new FileRedactionException($"{string.Join("; ", unknown)}.");
    }
}
