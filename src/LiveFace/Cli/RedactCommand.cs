using System.CommandLine;
using LiveFace.Films;
using LiveFace.Films.Looks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Cli;

/// <summary><c>liveface redact</c>: hides faces, or whatever a policy names, in pictures, films and streams.</summary>
internal static class RedactCommand
{
    private static readonly Argument<string[]> Inputs = new("inputs")
    {
        Description = "Pictures (JPEG, PNG, WebP), films, or addresses (rtsp, rtmp, http).", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Where to: a picture, a film (.mp4, .webm, .mkv) or a stream. Usual: NAME.redacted.EXT beside the input.",
    };

    private static readonly Option<string> Preset = new("--preset")
    {
        Description = $"One of {string.Join(", ", PolicyPresets.All.Select(policy => policy.Preset))}.",
        DefaultValueFactory = _ => PolicyPresets.BlurFaces.Preset!,
    };

    private static readonly Option<FileInfo?> Policy = new("--policy") { Description = "A policy as JSON, in the place of a preset." };

    private static readonly Option<int> Every = new("--every")
    {
        Description = "Look thoroughly at each n-th picture of a film, 1 to 10, and in one pass at those between: quicker, and may miss more.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that exist." };
    private static readonly Option<string?> Models = new("--models") { Description = "The folder of models.json." };

    private static readonly Option<string> Sandbox = new("--sandbox")
    {
        Description = "Whether pictures and films are opened in confined processes: required, preferred or off.",
        DefaultValueFactory = _ => "preferred",
    };

    private static readonly Option<string> Device = new("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };

    public static Command Create()
    {
        Every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10)
                result.AddError("--every has to be a number from 1 to 10.");
        });
        Sandbox.AcceptOnlyFromAmong("required", "preferred", "off");
        var command = new Command("redact", "Hides faces, or what a policy names, in pictures, films and streams.")
        {
            Inputs, Output, Preset, Policy, Every, Force, Models, Device, Sandbox,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var say = parsed.InvocationConfiguration.Output;
        using var faults = new FaultLines(parsed.InvocationConfiguration.Error);
        var jobs = RedactJob.All(parsed.GetRequiredValue(Inputs), parsed.GetValue(Output), parsed.GetValue(Force));
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(parsed.GetValue(Models)));
        var policy = await ReadPolicyAsync(parsed, catalogue, cancel);
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = parsed.GetRequiredValue(Device) });
        using var detectors = new Detectors(catalogue, sessions);
        var models = await FileModel.AllForAsync(
            [.. PolicySnapshot.Create(1, policy).Models], catalogue, detectors, new ProgressLines(say), cancel);
        var mode = Enum.Parse<SandboxMode>(parsed.GetRequiredValue(Sandbox), ignoreCase: true);
        using var decoders = new DecoderSandbox(mode, WorkerCommand.Beside("liveface"));
        var tools = FfmpegTools.OnPath with { Confiner = ToolConfiner.For(mode, "liveface") };
        if (jobs.Exists(job => job.Format is null) && tools.Confiner is { IsRequired: false } confiner
            && await confiner.FindProblemAsync(cancel) is { } problem)
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"FFmpeg is not wholly confined: {problem}");
        foreach (var job in jobs)
        {
            try
            {
                var found = job.Format is { } format
                    ? await PictureAsync(job, format, policy, models, decoders, cancel)
                    : await FilmAsync(job, policy, models, tools, parsed, cancel);
                await say.WriteLineAsync($"{job.Output}: {found}");
            }
            catch (Exception refused) when (refused is ImageException or FileRedactionException)
            {
                throw new FileRedactionException($"{job.Input}: {refused.Message}");
            }
        }

        return CommandLine.Success;
    }

    private static async Task<string> PictureAsync(
        RedactJob job, ImageFormat format, RedactionPolicy policy, IReadOnlyList<FileModel> models, DecoderSandbox decoders,
        CancellationToken cancel)
    {
        var file = await File.ReadAllBytesAsync(job.Input, cancel);
        var done = PictureRedaction.Redact(file, policy, models, format, sandbox: decoders, cancel: cancel);
        var part = job.Output + ".part";
        await File.WriteAllBytesAsync(part, done.File, cancel);
        File.Move(part, job.Output, overwrite: true);
        return Words(done.Found, policy, "found");
    }

    private static async Task<string> FilmAsync(
        RedactJob job, RedactionPolicy policy, IReadOnlyList<FileModel> models, FfmpegTools tools, ParseResult parsed,
        CancellationToken cancel)
    {
        var film = new OnePassRedaction(job.Source!, job.Target!, policy, models)
        {
            Every = parsed.GetValue(Every), Overwrite = parsed.GetValue(Force), Tools = tools,
            Progress = new FilmLines(parsed.InvocationConfiguration.Output, job.Output),
        };
        var done = await film.RunAsync(cancel);
        var covered = done.Covered == 0 ? "" : $"; {done.Covered} pictures are covered, since a model could not look at them";
        return $"{done.Frames} pictures, {Words(done.Most, policy, "at most found in one")}{covered}";
    }

    private static string Words(int found, RedactionPolicy policy, string how) => policy.Cover
        ? "covered"
        : found > 0 || policy.Rules.Count == 0
            ? $"{found} {how}"
            : "nothing found: look at the result before you show it to anybody";

    private static async Task<RedactionPolicy> ReadPolicyAsync(ParseResult parsed, ModelCatalogue catalogue, CancellationToken cancel)
    {
        RedactionPolicy? policy;
        if (parsed.GetValue(Policy) is { } file)
        {
            if (!file.Exists)
                throw new FileRedactionException($"There is no file {file.FullName}.");
            if (!PolicyJson.TryRead(await File.ReadAllBytesAsync(file.FullName, cancel), out policy, out var problems))
                throw new FileRedactionException($"{file.Name}: {string.Join("; ", problems)}.");
        }
        else
        {
            policy = PolicyPresets.Find(parsed.GetRequiredValue(Preset))
                ?? throw new FileRedactionException($"--preset has to be one of {string.Join(", ", PolicyPresets.All.Select(p => p.Preset))}.");
        }

        var unknown = new PolicyNames(catalogue.Models, () => []).Check(policy);
        return unknown.Count == 0 ? policy : throw new FileRedactionException($"{string.Join("; ", unknown)}.");
    }
}
