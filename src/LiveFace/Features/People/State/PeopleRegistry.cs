using System.Collections.Concurrent;
using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Vision.Identity;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.People.State;

/// <summary>
/// All who are enrolled. Rooms ask it with each frame for those whom their policies name, so whoever is taken out here is hidden
/// from the next frame on, everywhere; while it cannot know who withdrew on another server, everybody is. It answers for one id at a time, and has no way from a face to an id.
/// </summary>
internal sealed class PeopleRegistry : IEnrolledPeople, IStoreListener
{
    private readonly ConcurrentDictionary<string, Enrolled> _people = new(StringComparer.Ordinal);
    private readonly StoredPeople _stored;
    private readonly PersonSeal _seal;
    private readonly OwedWrites _owed;
    private readonly TimeProvider _time;
    private readonly PeopleOptions _options;
    private readonly StoreFreshness _fresh;
    private readonly Lock _lock = new();

    public PeopleRegistry(StoredPeople stored, PersonSeal seal, OwedWrites owed, StoreFreshness fresh, TimeProvider time, IOptions<PeopleOptions> options)
    {
        (_stored, _seal, _owed, _fresh, _time, _options) = (stored, seal, owed, fresh, time, options.Value);
        foreach (var row in stored.All)
            _people[row.Id] = Read(row);
    }

    IReadOnlyCollection<string> IStoreListener.Tables => ["people"];

    /// <summary>Whether anybody can be enrolled.</summary>
    public bool HasKey => _seal.HasKey;

    /// <summary>Everybody, with whether what is kept of them can be read.</summary>
    public IEnumerable<(PersonRecord Person, bool IsReadable)> All =>
        _people.Values.Where(IsInTime).Select(one => (one.Person, one.Template is not null)).OrderBy(one => one.Person.Id, StringComparer.Ordinal);

    /// <summary>How many are kept.</summary>
    public int Count => _people.Count;

    /// <summary>How many of them cannot be read: damaged, or encrypted with a key that is not there. They are hidden.</summary>
    public int Unreadable => _people.Values.Count(one => one.Template is null);

    /// <summary>When the first of them goes; null where there are none.</summary>
    public DateTimeOffset? FirstExpiry => _people.IsEmpty ? null : _people.Values.Min(one => one.Person.Expires);

    /// <inheritdoc/>
    public FaceTemplate? Find(string person, string room) =>
        _people.TryGetValue(person, out var one) && IsInTime(one) && one.Person.Rooms.Covers(room) && _fresh.IsFresh ? one.Template : null;

    /// <summary>Whether a room may leave somebody alone.</summary>
    public bool Has(string person, string room) => _people.TryGetValue(person, out var one) && IsInTime(one) && one.Person.Rooms.Covers(room);

    /// <summary>Whether somebody is enrolled, for whatever room.</summary>
    public bool Has(string person) => _people.TryGetValue(person, out var one) && IsInTime(one);

    public string? FindBySecret(string? secret) => PersonSecret.IsValid(secret) ? _stored.FindBySecret(PersonSecret.Hash(secret!)) : null;

    /// <summary>Enrols somebody, or replaces what was kept of them; what says so in the audit log is written first.</summary>
    /// <returns>What they withdraw by, which is nowhere else, and whether the id is new.</returns>
    /// <exception cref="ProblemException">As many are enrolled as may be.</exception>
    /// <exception cref="StorageException">Nothing was changed.</exception>
    public (string Secret, bool IsNew) Enrol(PersonRecord person, FaceTemplate template, Action audit)
    {
        lock (_lock)
        {
            var isNew = !_people.ContainsKey(person.Id);
            if (isNew && _people.Count >= _options.Most)
                throw new ProblemException(Problem.QuotaReached, $"This server has its {_options.Most} people enrolled.");
            // A removal that the disk did not take yet must not come after what is kept now.
            if (isNew)
                _owed.Write(SubjectOf(person.Id), () => _stored.Remove(person.Id));
            var secret = PersonSecret.Make();
            audit();
            _stored.Save(_seal.Close(person, template), PersonSecret.Hash(secret));
            if (_people.TryGetValue(person.Id, out var before))
                before.Template?.Forget();
            _people[person.Id] = new Enrolled(person, template);
            return (secret, isNew);
        }
    }

    /// <summary>Forgets somebody: in every room at once, and on the disk now or as soon as it takes it.</summary>
    /// <exception cref="StorageException">They are hidden, and the row is not gone yet.</exception>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            if (!_people.TryRemove(id, out var gone))
                return false;
            gone.Template?.Forget();
            _owed.Write(SubjectOf(id), () => _stored.Remove(id));
            return true;
        }
    }

    public IReadOnlyList<string> Expired() => [.. _people.Values.Where(one => !IsInTime(one)).Select(one => one.Person.Id)];

    void IStoreListener.Changed(IReadOnlyCollection<string> keys)
    {
        lock (_lock)
            foreach (var id in keys)
                Put(id, _stored.Find(id));
    }

    void IStoreListener.Reload()
    {
        lock (_lock)
        {
            var rows = _stored.All.ToDictionary(row => row.Id, StringComparer.Ordinal);
            foreach (var id in _people.Keys.Union(rows.Keys, StringComparer.Ordinal).ToList())
                Put(id, rows.GetValueOrDefault(id));
        }
    }

    private void Put(string id, StoredPerson? row)
    {
        _people.TryRemove(id, out var before);
        before?.Template?.Forget();
        // A removal that the database has not taken yet stays one.
        if (row is not null && !_owed.Owes(SubjectOf(id)))
            _people[id] = Read(row);
    }

    private Enrolled Read(StoredPerson row)
    {
        // A pattern that is none covers no room.
        _ = RoomPattern.TryParse(row.Rooms, out var rooms);
        var person = new PersonRecord(row.Id, row.Created, row.Expires, rooms, row.Pictures);
        return new Enrolled(person, _seal.TryOpen(person, row));
    }

    private static string SubjectOf(string id) => $"person {id}";

    private bool IsInTime(Enrolled one) => one.Person.Expires > _time.GetUtcNow();

    private sealed record Enrolled(PersonRecord Person, FaceTemplate? Template);
}
