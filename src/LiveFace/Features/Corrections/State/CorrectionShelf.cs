using System.Security.Cryptography;
using System.Text.Json;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Corrections.State;

/// <summary>
/// All corrections that are kept: a row and a picture each. A row is there only with its picture, and what is to go is gone from
/// the disk before it is gone from the table.
/// </summary>
internal sealed class CorrectionShelf
{
    private const int IdLength = 32;

    private readonly StoredCorrections _stored;
    private readonly CorrectionFiles _files;
    private readonly OwedWrites _owed;
    private readonly CorrectionsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    public CorrectionShelf(StoredCorrections stored, CorrectionFiles files, OwedWrites owed, IOptions<CorrectionsOptions> options, TimeProvider time)
    {
        (_stored, _files, _owed, _options, _time) = (stored, files, owed, options.Value, time);
        files.Open(stored.Ids);
        // What was to go when the server was killed had lost its picture already.
        foreach (var id in stored.Ids.Where(id => !files.Has(id)))
            TryRemove(id);
    }

    public static string MakeId() => RandomNumberGenerator.GetHexString(IdLength, lowercase: true);

    /// <summary>Keeps a correction; its secret is nowhere else. What says so in the audit log is written first.</summary>
    /// <exception cref="ProblemException">As many are kept as may be.</exception>
    /// <exception cref="StorageException">It is not kept.</exception>
    public (CorrectionRecord Kept, string Secret) Keep(PlainPicture picture, CorrectionMarks marks, Action<CorrectionRecord> audit)
    {
        var secret = CorrectionSecret.Make();
        var now = _time.GetUtcNow();
        var kept = new CorrectionRecord(
            MakeId(), now, now.AddDays(_options.KeepDays), CorrectionState.Waiting, picture.Width, picture.Height, picture.Jpeg.Length,
            Convert.ToHexStringLower(SHA256.HashData(picture.Jpeg)), 0, marks);
        lock (_lock)
        {
            var (count, bytes) = _stored.Total;
            if (count >= _options.Most || bytes + picture.Jpeg.Length > _options.TotalBytes)
                throw new ProblemException(Problem.QuotaReached, "This server keeps as many corrections as it may. Nothing was kept; thank you all the same.");
            audit(kept);
            Write(kept, picture.Jpeg, secret);
        }

        return (kept, secret);
    }

    public CorrectionRecord? Find(string id) => _stored.Find(id) is { } row && !IsOver(row) ? Read(row) : null;

    public CorrectionRecord? FindBySecret(string secret) => CorrectionSecret.IsValid(secret)
        && _stored.FindBySecret(CorrectionSecret.Hash(secret)) is { } row && !IsOver(row) ? Read(row) : null;

    /// <summary>The newest first, with how many there are in all.</summary>
    public (IReadOnlyList<CorrectionRecord> Page, int Total) List(CorrectionState? state, string? @class, int skip, int most) =>
        ([.. _stored.List(NameOf(state), @class, skip, most).Where(row => !IsOver(row)).Select(Read)], _stored.Count(NameOf(state), @class));

    public byte[]? TryReadPicture(string id) => _files.TryRead(id);

    public bool Decide(string id, CorrectionState state) => _stored.Decide(id, NameOf(state)!);

    public void Exported(string id) => _stored.Exported(id);

    public IReadOnlyList<string> Expired() => _stored.Expired(_time.GetUtcNow());

    /// <summary>Deletes the picture, then the row: at once, or as soon as the disk takes it.</summary>
    /// <exception cref="StorageException">The picture is gone, and the row is not yet.</exception>
    public void Remove(string id)
    {
        lock (_lock)
        {
            _files.Delete(id);
            _owed.Write($"correction {id}", () => _stored.Remove(id));
        }
    }

    private void TryRemove(string id)
    {
        try
        {
            Remove(id);
        }
        catch (StorageException)
        {
            // It is owed, and goes when the disk takes it.
        }
    }

    private void Write(CorrectionRecord kept, byte[] picture, string secret)
    {
        try
        {
            _files.Write(kept.Id, picture);
            _stored.Add(
                new StoredCorrection(kept.Id, kept.Created, kept.Expires, NameOf(kept.State)!, kept.Bytes, 0, JsonSerializer.Serialize(Facts.Of(kept), ApiJson.Options)),
                CorrectionSecret.Hash(secret), kept.Marks.Truth.Select(one => one.Class).Distinct(StringComparer.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageException)
        {
            _files.Delete(kept.Id);
            throw error as StorageException ?? new StorageException($"The server cannot write to its disk ({error.Message}).", error);
        }
    }

    private bool IsOver(StoredCorrection row) => row.Expires <= _time.GetUtcNow();

    private static string? NameOf(CorrectionState? state) => state?.ToString().ToLowerInvariant();

    private static CorrectionRecord Read(StoredCorrection row)
    {
        var facts = JsonSerializer.Deserialize<Facts>(row.Json, ApiJson.Options)!;
        return new CorrectionRecord(
            row.Id, row.Created, row.Expires, Enum.Parse<CorrectionState>(row.State, ignoreCase: true), facts.Width, facts.Height, row.Bytes, facts.Sha256,
            row.Exports, facts.Marks);
    }

    /// <summary>What no query asks for.</summary>
    private sealed record Facts(int Width, int Height, string Sha256, CorrectionMarks Marks)
    {
        public static Facts Of(CorrectionRecord kept) => new(kept.Width, kept.Height, kept.Sha256, kept.Marks);
    }
}
