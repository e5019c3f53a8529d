using System.Security.Cryptography;
using System.Text;
using LiveFace.Features.Jobs.State;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// Does the job of one picture: at once, or, where it is reviewed, as a film of one picture.
/// <code>
/// box file ► review ► result ► outcome
/// </code>
/// </summary>
internal sealed class PictureJob(JobOrder order, JobWords words)
{
    private readonly JobFolder _files = order.Files();

    public async Task<JobWord> RunAsync(CancellationToken cancel)
    {
        if (order.Renders && JobOutcomes.Read(_files.Vault, _files.Outcome(order.Generation)) is { } before && File.Exists(_files.In(before.Result.File)))
            return new JobWord { Done = before };
        var policy = Read(order.Policy);
        using var sandbox = new DecoderSandbox(order.Sandbox, WorkerCommand.Beside("liveface"));
        var decoder = order.Sandbox == SandboxMode.Off ? null : sandbox;
        using var models = await FileModels.OpenAsync(
            ModelCatalogue.Load(order.Models), [.. PolicySnapshot.Create(1, policy).Models], new InferenceOptions { Device = order.Device }, progress: null, cancel);
        var readers = await models.ReadersAsync(policy, cancel);
        // Outlines are in no box file: there is nothing to review.
        if (RecordedPolicy.NeedsOnePass(policy) || (order.Renders && !File.Exists(_files.Boxes)))
            return new JobWord { Done = await AtOnceAsync(policy, models, readers, decoder, cancel) };
        var picture = StillFilm.File(_files.Source, _files.Vault, decoder);
        var work = new StillWork(picture, _files.Vault, models.All, policy)
        {
            ModelHashes = models.Hashes, Readers = readers, AllowsFinds = order.AllowsFinds,
            Attributes = order.Attributes == FaceTraits.None ? null : new AskedReaders(await models.ReadersAsync(order.Attributes, cancel), order.Attributes),
        };
        var facts = await picture.DescribeAsync(cancel);
        words.Say(new JobWord { Film = new JobFilm(facts.Width, facts.Height, 0, 1, null, facts.Sha256!, facts.Codec, facts.Container) });
        if (order.Renders)
            return new JobWord { Done = await ReviewedAsync(work, picture, policy, models, cancel) };
        await work.DetectAsync(_files.Boxes, cancel);
        return new JobWord { Ready = true };
    }

    private static RedactionPolicy Read(string json) => PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var policy, out var problems)
        ? policy
        : throw new FileRedactionException($"The policy is not valid any more: {string.Join("; ", problems)}.");

    private async Task<JobOutcome> AtOnceAsync(RedactionPolicy policy, FileModels models, IFaceReaders? readers, DecoderSandbox? decoder, CancellationToken cancel)
    {
        byte[] file;
        await using (var source = _files.Vault.OpenRead(_files.Source))
        {
            file = new byte[source.Length];
            await source.ReadExactlyAsync(file, cancel);
        }

        var done = PictureRedaction.Redact(file, policy, models.All, new PictureOptions { Sandbox = decoder, Readers = readers }, cancel);
        return await KeepAsync(done.File, done.Format, Hash(file), models, new JobResult(0, "", "", 1, 0, done.Found, 1, [], 0) { File = "" }, edits: 0, [], cancel);
    }

    private async Task<JobOutcome> ReviewedAsync(StillWork work, StillFilm picture, RedactionPolicy policy, FileModels models, CancellationToken cancel)
    {
        var edits = EditLog.Read(_files.Edits, _files.Vault);
        using (var reader = BoxFileReader.Open(_files.Boxes, _files.Vault))
            EditFloor.Check(edits, reader.Head, order.Floor is { } floor ? Read(floor) : null);
        var (file, done) = await work.FinishAsync(_files.Boxes, edits, cancel);
        var doubts = await new DoubtPictures(picture, _files, policy).TakeAsync(work.Review(_files.Boxes, edits), cancel);
        var facts = await picture.DescribeAsync(cancel);
        return await KeepAsync(
            file, picture.Format, facts.Sha256!, models,
            new JobResult(0, "", "", 1, done.Covered, done.Tracks, done.Rounds, done.FoundAgain, done.Left) { File = "" }, edits.Edits.Count, doubts, cancel);
    }

    private async Task<JobOutcome> KeepAsync(
        byte[] file, ImageFormat format, string input, FileModels models, JobResult result, int edits, IReadOnlyList<JobDoubt> doubts, CancellationToken cancel)
    {
        var (extension, type) = format switch
        {
            ImageFormat.Jpeg => (".jpg", "image/jpeg"),
            ImageFormat.Png => (".png", "image/png"),
            _ => (".webp", "image/webp"),
        };
        var path = _files.Result(order.Generation, extension);
        await using (var part = _files.Vault.Create(path + ".part"))
            await part.WriteAsync(file, cancel);
        File.Move(path + ".part", path, overwrite: true);
        var outcome = new JobOutcome
        {
            Result = result with { Bytes = file.Length, Sha256 = Hash(file), Type = type, File = Path.GetFileName(path) },
            Edits = edits, At = TimeProvider.System.GetUtcNow(), InputSha256 = input, Policy = order.Policy, LeastCertain = doubts,
            Models = [.. models.All.Select(model => new JobModel(model.Name, model.Detector.ModelId, models.Hashes.GetValueOrDefault(model.Detector.ModelId)))],
        };
        JobOutcomes.Write(_files.Vault, _files.Outcome(order.Generation), outcome);
        return outcome;
    }

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
