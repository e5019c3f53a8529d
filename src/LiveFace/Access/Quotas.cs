using System.Net;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

internal enum Quota
{
    Publishers,
    Viewers,
    HubConnections,
    Uploads,
    JobEvents,
}

/// <summary>
/// Counts what each key and each address holds now. A key answers for all links that were made from it, so a link to many
/// people is as bounded as its giver, at all servers of a shared database together.
/// </summary>
internal sealed class Quotas(AccessMode mode, IOptions<QuotaOptions> options)
{
    private const string Everybody = "";
    private const string KeyPrefix = "key ";

    private readonly Dictionary<(Quota, string), int> _held = [];
    private readonly Lock _lock = new();
    private readonly QuotaOptions _options = options.Value;

    /// <summary>What keys hold at other servers, by the names of <see cref="HeldByKeys"/>.</summary>
    public IReadOnlyDictionary<string, int> HeldElsewhere { get; set; } = new Dictionary<string, int>();

    /// <summary>What keys hold here.</summary>
    public IReadOnlyDictionary<string, int> HeldByKeys()
    {
        lock (_lock)
            return _held.Where(held => held.Key.Item2.StartsWith(KeyPrefix, StringComparison.Ordinal))
                .OrderBy(held => held.Key.Item2, StringComparer.Ordinal).ThenBy(held => held.Key.Item1)
                .ToDictionary(held => Shared(held.Key.Item1, held.Key.Item2), held => held.Value, StringComparer.Ordinal);
    }

    private static string Shared(Quota quota, string subject) => $"{quota} {subject}";

    /// <summary>Takes a place; dispose to give it back.</summary>
    /// <exception cref="ProblemException">The key or the address has as many as it may; the detail says which.</exception>
    public IDisposable Take(Quota quota, Grant grant, IPAddress? address)
    {
        var places = new List<(string Subject, int Most, string Whose)>(3);
        if (mode.RequiresKey && !grant.IsAdmin)
        {
            places.Add(($"{KeyPrefix}{grant.Owner}", PerKey(quota), "This key, with the links made from it,"));
            places.Add(($"address {AddressBuckets.Site(address ?? IPAddress.None)}", PerAddress(quota),
                "This address, with all who share it,"));
        }

        if (quota == Quota.Uploads)
            places.Add((Everybody, _options.Uploads, "The server"));
        return Take(quota, places);
    }

    /// <summary>Takes a place at one job's events, of which admins too take so many; dispose to give it back.</summary>
    /// <exception cref="ProblemException">The job has as many as it may.</exception>
    public IDisposable TakeEventsOf(string job) => Take(Quota.JobEvents, [($"job {job}", _options.JobEventsPerJob, "This job")]);

    private Place Take(Quota quota, List<(string Subject, int Most, string Whose)> places)
    {
        lock (_lock)
        {
            foreach (var (subject, most, whose) in places)
                if (_held.GetValueOrDefault((quota, subject)) + HeldElsewhere.GetValueOrDefault(Shared(quota, subject)) >= most)
                    throw new ProblemException(Problem.QuotaReached, $"{whose} has {most} {Words(quota)} now, and may have no more.")
                    {
                        RetryAfterSeconds = 5,
                    };
            foreach (var (subject, _, _) in places)
                _held[(quota, subject)] = _held.GetValueOrDefault((quota, subject)) + 1;
        }

        return new Place(this, quota, [.. places.Select(p => p.Subject)]);
    }

    private int PerKey(Quota quota) => quota switch
    {
        Quota.Publishers => _options.PublishersPerKey,
        Quota.Viewers => _options.ViewersPerKey,
        Quota.HubConnections => _options.HubConnectionsPerKey,
        Quota.JobEvents => _options.JobEventsPerKey,
        _ => _options.UploadsPerKey,
    };

    private int PerAddress(Quota quota) => quota switch
    {
        Quota.Publishers => _options.PublishersPerAddress,
        Quota.Viewers => _options.ViewersPerAddress,
        Quota.HubConnections => _options.HubConnectionsPerAddress,
        Quota.JobEvents => _options.JobEventsPerAddress,
        _ => _options.UploadsPerAddress,
    };

    private static string Words(Quota quota) => quota switch
    {
        Quota.Publishers => "publishing sessions",
        Quota.Viewers => "viewers",
        Quota.HubConnections => "hub connections",
        Quota.JobEvents => "readers of jobs' events",
        _ => "uploads",
    };

    private void GiveBack(Quota quota, string[] subjects)
    {
        lock (_lock)
            foreach (var subject in subjects)
                if (--_held[(quota, subject)] == 0)
                    _held.Remove((quota, subject));
    }

    private sealed class Place(Quotas quotas, Quota quota, string[] subjects) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                quotas.GiveBack(quota, subjects);
        }
    }
}
