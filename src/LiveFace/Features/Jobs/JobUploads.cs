using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Access;
using LiveFace.Features.Files.Uploads;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;
using LiveFace.Media.Images.Files;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs;

/// <summary>
/// Makes jobs and takes their files, straight to where they stay. What does not come whole in one request is gone with it; an
/// upload that was announced (tus 1.0.0, https://tus.io/protocols/resumable-upload) goes on where it was.
/// </summary>
internal sealed class JobUploads(
    JobBoard board, JobFiles files, AuditLog audit, UploadReceiver receiver, IOptions<FilmsOptions> options, IOptions<QuotaOptions> quotas, AccessMode mode, TimeProvider time)
{
    private const int LongestStart = 1 << 16;

    /// <summary>Jobs of which a piece is on its way.</summary>
    private readonly ConcurrentDictionary<string, bool> _writing = new(StringComparer.Ordinal);

    /// <summary>The most bytes that the upload of a request may have.</summary>
    public long MaximumBytes => Math.Min(options.Value.MaximumBytes, files.LargestInMemory ?? long.MaxValue);

    /// <summary>A job that waits for its file.</summary>
    /// <exception cref="ProblemException">The key or the server has as many as it may.</exception>
    public JobRecord Begin(JobRecord job, Grant grant)
    {
        if (job.Bytes > MaximumBytes)
            throw new ProblemException(Problem.TooLarge, $"At most {MaximumBytes} bytes are taken.");
        board.Add(job, all => Require(all, job, grant));
        try
        {
            files.Make(job.Id);
            return job;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            board.Remove(job.Id);
            throw NoRoom();
        }
    }

    /// <summary>Takes the file in one piece.</summary>
    /// <exception cref="ProblemException">It is too large, too slow or none, or the disk is full; the job is gone.</exception>
    public async Task<JobRecord> ReceiveAsync(JobRecord job, Stream body, CancellationToken cancel)
    {
        try
        {
            using (var upload = Open(job, 0))
            {
                await receiver.FillAsync(upload, body, Math.Min(MaximumBytes, Room() + job.Bytes), cancel);
                Keep(upload, isWhole: true);
                if (upload.Length == 0)
                    throw new ProblemException(Problem.RequestInvalid, "Send the film or picture as the body, or announce it with Upload-Length.");
            }

            return Complete(job);
        }
        catch
        {
            // First the file: what the database cannot forget now is forgotten when the server starts again.
            files.Delete(job.Id);
            board.Remove(job.Id);
            throw;
        }
    }

    /// <summary>Takes a piece of a file that was announced; gives how much has come.</summary>
    /// <exception cref="ProblemException">It does not go on where the last piece ended.</exception>
    public async Task<long> AddAsync(JobRecord job, HttpContext context)
    {
        if (!_writing.TryAdd(job.Id, true))
            throw new ProblemException(Problem.UploadOffset, "Another piece is on its way.");
        try
        {
            if (board.Find(job.Id) is not { State: JobState.Uploading, IsResumable: true })
                throw new ProblemException(Problem.JobState, $"Its upload is over: it is {job.State}.");
            using (var upload = Open(job, Offset(context.Request)))
            {
                await receiver.FillAsync(upload, context.Request.Body, job.Bytes, context.RequestAborted);
                Keep(upload, isWhole: upload.Length == job.Bytes);
            }

            var came = files.Of(job.Id).SourceBytes;
            if (came == job.Bytes)
                Complete(job);
            return came;
        }
        finally
        {
            _writing.TryRemove(job.Id, out _);
        }
    }

    private static void Keep(Upload upload, bool isWhole)
    {
        try
        {
            upload.Keep(isWhole);
        }
        catch (IOException)
        {
            throw NoRoom();
        }
    }

    private static long Offset(HttpRequest request) =>
        long.TryParse(request.Headers["Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw new ProblemException(Problem.RequestInvalid, "Upload-Offset: must say how much has come.");

    private Upload Open(JobRecord job, long offset)
    {
        Stream file;
        try
        {
            file = files.Of(job.Id).OpenSource();
        }
        catch (DirectoryNotFoundException)
        {
            throw new ProblemException(Problem.JobNotFound);
        }
        catch (IOException)
        {
            throw new ProblemException(Problem.UploadOffset, "The disk takes no more.");
        }

        if (file.Length == offset)
            return new Upload(file, offset);
        var came = file.Length;
        file.Dispose();
        throw new ProblemException(Problem.UploadOffset, $"{came} bytes have come.");
    }

    /// <summary>Queues what has come whole, and tells of it once, also where a crash came between the two.</summary>
    private JobRecord Complete(JobRecord job)
    {
        var (bytes, kind) = Look(job);
        audit.WriteOnce(
            "job-uploaded", job.Id, (job.By, job.Credential), [], ("kind", kind.ToString().ToLowerInvariant()), ("bytes", bytes),
            ("policy", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job.Policy)))), ("review", job.Review));
        return board.Change(job.Id, now => now.State != JobState.Uploading ? null : now with
        {
            State = JobState.Queued,
            Kind = kind,
            Bytes = bytes,
            Renders = !now.Review,
            Expires = null,
        }) ?? throw new ProblemException(Problem.JobNotFound);
    }

    private (long Bytes, JobKind Kind) Look(JobRecord job)
    {
        var folder = files.Of(job.Id);
        using var file = folder.Vault.OpenRead(folder.Source);
        var start = new byte[LongestStart];
        var read = file.ReadAtLeast(start, LongestStart, throwOnEndOfStream: false);
        return (file.Length, ImageFile.IsPicture(start.AsSpan(0, read)) ? JobKind.Picture : JobKind.Film);
    }

    /// <summary>Bytes that may still come.</summary>
    private long Room() => Math.Max(0, options.Value.TotalBytes - board.Bytes);

    private void Require(IEnumerable<JobRecord> all, JobRecord job, Grant grant)
    {
        var most = quotas.Value.JobsPerKey;
        if (mode.RequiresKey && !grant.IsAdmin && all.Count(one => one.Owner == job.Owner) >= most)
            throw new ProblemException(Problem.QuotaReached, $"This key, with the links made from it, has {most} jobs, and may have no more; delete some first.");
        if (job.Bytes > Room() || Room() == 0)
            throw NoRoom();
        if (job.IsResumable)
            RequireDisk(job.Bytes);
    }

    private void RequireDisk(long bytes)
    {
        if (new DriveInfo(files.Folder).AvailableFreeSpace < bytes)
            throw NoRoom();
    }

    private static ProblemException NoRoom() =>
        new(Problem.TooBusy, "The server's disk takes no more films; delete jobs that are done with.") { RetryAfterSeconds = 60 };

    internal DateTimeOffset Expiry() => time.GetUtcNow().AddHours(options.Value.KeepHours);
}
