using System.Security.Cryptography;
using System.Text;
using LiveFace.Features.Jobs.State;
using LiveFace.Films;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Jobs.Work;

/// <summary>Does the job of one picture.</summary>
internal static class PictureJob
{
    public static async Task<JobWord> RunAsync(JobOrder order, CancellationToken cancel)
    {
        var files = order.Files();
        if (JobOutcomes.Read(files.Vault, files.Outcome(order.Generation)) is { } before && File.Exists(files.In(before.Result.File)))
            return new JobWord { Done = before };
        if (!PolicyJson.TryRead(Encoding.UTF8.GetBytes(order.Policy), out var policy, out var problems))
            throw new FileRedactionException($"The policy is not valid any more: {string.Join("; ", problems)}.");
        using var sandbox = new DecoderSandbox(order.Sandbox, WorkerCommand.Beside("liveface"));
        using var models = await FileModels.OpenAsync(
            ModelCatalogue.Load(order.Models), [.. PolicySnapshot.Create(1, policy).Models], new InferenceOptions { Device = order.Device }, progress: null, cancel);
        var file = await ReadAsync(files, cancel);
        var readers = await models.ReadersAsync(policy, cancel);
        var done = PictureRedaction.Redact(
            file, policy, models.All,
            new PictureOptions { Sandbox = order.Sandbox == SandboxMode.Off ? null : sandbox, Readers = readers }, cancel);
        var (extension, type) = done.Format switch
        {
            ImageFormat.Jpeg => (".jpg", "image/jpeg"),
            ImageFormat.Png => (".png", "image/png"),
            _ => (".webp", "image/webp"),
        };
        var path = files.Result(order.Generation, extension);
        await using (var part = files.Vault.Create(path + ".part"))
            await part.WriteAsync(done.File, cancel);
        File.Move(path + ".part", path, overwrite: true);
        var outcome = new JobOutcome
        {
            Result = new JobResult(done.File.Length, Convert.ToHexStringLower(SHA256.HashData(done.File)), type, 1, 0, done.Found, 1, [], 0) { File = Path.GetFileName(path) },
            Edits = 0, At = TimeProvider.System.GetUtcNow(), InputSha256 = Convert.ToHexStringLower(SHA256.HashData(file)), Policy = order.Policy, LeastCertain = [],
            Models = [.. models.All.Select(model => new JobModel(model.Name, model.Detector.ModelId, models.Hashes.GetValueOrDefault(model.Detector.ModelId)))],
        };
        JobOutcomes.Write(files.Vault, files.Outcome(order.Generation), outcome);
        return new JobWord { Done = outcome };
    }

    private static async Task<byte[]> ReadAsync(JobFolder files, CancellationToken cancel)
    {
        await using var source = files.Vault.OpenRead(files.Source);
        var file = new byte[source.Length];
        await source.ReadExactlyAsync(file, cancel);
        return file;
    }
}
