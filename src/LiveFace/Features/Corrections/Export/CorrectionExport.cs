using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Features.Corrections.State;
using LiveFace.Http;
using LiveFace.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Corrections.Export;

/// <summary>
/// Writes what was accepted as a set to train with, into a zip that is sent while it is made: one picture of it is in memory at a
/// time. What is withdrawn meanwhile is left out. One export goes at a time.
/// </summary>
internal sealed class CorrectionExport(AuditLog audit, TimeProvider time)
{
    private const int IdsInALine = 500;
    private int _running;

    public async Task AnswerAsync(HttpContext context, ExportFormat format, CorrectionShelf shelf)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new ProblemException(Problem.TooBusy, "Another export is under way; try again when it is over.") { RetryAfterSeconds = 5 };
        try
        {
            var (accepted, _) = shelf.List(CorrectionState.Accepted, null, 0, int.MaxValue);
            if (accepted.Count == 0)
                throw new ProblemException(Problem.NotFound, "No correction is accepted yet; accept some first.");
            Note(context.RequireGrant(), format, accepted);
            // The headers of a zip's entries are written as .NET's own class does, which waits for each.
            if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
                body.AllowSynchronousIO = true;
            var response = context.Response;
            response.ContentType = "application/zip";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentDisposition = $"attachment; filename=\"corrections-{time.GetUtcNow():yyyy-MM-dd}-{NameOf(format)}.zip\"";
            await WriteAsync(response.Body, format, accepted, shelf, context.RequestAborted);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private static async Task WriteAsync(
        Stream output, ExportFormat format, IReadOnlyList<CorrectionRecord> accepted, CorrectionShelf shelf, CancellationToken cancel)
    {
        string[] classes = [.. accepted.SelectMany(one => one.Marks.Finds.Select(find => find.Class).Concat(one.Marks.Drawn.Select(drawn => drawn.Class)))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        await using (zip)
        {
            var written = new List<CorrectionRecord>();
            var damaged = new List<CorrectionRecord>();
            foreach (var one in accepted)
            {
                if (TryRead(shelf, one, damaged) is not { } picture)
                    continue;
                await AddAsync(zip, format == ExportFormat.Coco ? CocoSet.PathOf(one) : YoloSet.PathOf(one), picture, CompressionLevel.NoCompression, cancel);
                if (format == ExportFormat.Yolo)
                    await AddAsync(zip, YoloSet.LabelsOf(one), Encoding.UTF8.GetBytes(YoloSet.Labels(one, classes)), CompressionLevel.Fastest, cancel);
                shelf.Exported(one.Id);
                written.Add(one);
            }

            await AddDescriptionAsync(zip, format, written, classes, cancel);
            if (damaged.Count > 0)
                await AddAsync(zip, "left-out.txt", Encoding.UTF8.GetBytes(LeftOut(damaged)), CompressionLevel.Fastest, cancel);
        }
    }

    /// <summary>The picture; null when it is withdrawn, or the disk no longer gives what was kept. One that is damaged costs no other.</summary>
    private static byte[]? TryRead(CorrectionShelf shelf, CorrectionRecord one, List<CorrectionRecord> damaged)
    {
        try
        {
            if (shelf.TryReadPicture(one.Id) is not { } picture)
                return null;
            if (Convert.ToHexStringLower(SHA256.HashData(picture)) == one.Sha256)
                return picture;
        }
        catch (Exception error) when (error is ProblemException or IOException or UnauthorizedAccessException)
        {
            // It is named in the export, and the other pictures come.
        }

        damaged.Add(one);
        return null;
    }

    private static string LeftOut(IEnumerable<CorrectionRecord> damaged) =>
        "# These pictures are not in the export: they were changed on the server's disk. Delete them there.\n"
        + string.Concat(damaged.Select(one => $"{one.Id}\n"));

    private static async Task AddDescriptionAsync(
        ZipArchive zip, ExportFormat format, List<CorrectionRecord> written, string[] classes, CancellationToken cancel)
    {
        if (format == ExportFormat.Yolo)
            await AddAsync(zip, "data.yaml", Encoding.UTF8.GetBytes(YoloSet.Description(classes)), CompressionLevel.Fastest, cancel);
        else
            foreach (var part in Enum.GetValues<ExportPart>())
            {
                using var json = new MemoryStream();
                CocoSet.Write(json, [.. written.Where(one => ExportParts.Of(one) == part)], classes);
                await AddAsync(zip, CocoSet.AnnotationsOf(part), json.ToArray(), CompressionLevel.Fastest, cancel);
            }

        await AddAsync(zip, "delete-by.txt", Encoding.UTF8.GetBytes(DeleteBy(written)), CompressionLevel.Fastest, cancel);
    }

    /// <summary>Whoever sent a picture gave leave for a time; a copy of it does not outlast that.</summary>
    private static string DeleteBy(IEnumerable<CorrectionRecord> written) =>
        "# Each picture was given for a time. Delete it, and its boxes, by this day, and at once when it is withdrawn on the server.\n"
        + string.Concat(written.OrderBy(one => one.Expires).Select(one => $"{one.Expires.UtcDateTime:yyyy-MM-dd} {one.Id}\n"));

    private static async Task AddAsync(ZipArchive zip, string path, ReadOnlyMemory<byte> bytes, CompressionLevel level, CancellationToken cancel)
    {
        var entry = await zip.CreateEntry(path, level).OpenAsync(cancel);
        await using (entry)
            await entry.WriteAsync(bytes, cancel);
    }

    private void Note(Grant grant, ExportFormat format, IEnumerable<CorrectionRecord> accepted)
    {
        foreach (var some in accepted.Chunk(IdsInALine))
            audit.WriteAbout(
                "correction", null, "correction-exported", (grant.Name, grant.Credential ?? grant.Owner), ("format", NameOf(format)),
                ("ids", new JsonArray([.. some.Select(one => JsonValue.Create(one.Id))])));
    }

    private static string NameOf(ExportFormat format) => format == ExportFormat.Coco ? "coco" : "yolo";
}
