using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Feedback;

/// <summary>Takes what people say, counts their thumbs, and forgets it in time.</summary>
internal sealed class FeedbackBox : IDisposable
{
    private const int IdLength = 16;
    private readonly StoredFeedback _stored;
    private readonly FeedbackOptions _options;
    private readonly DayCounts _sent;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _thumbs;
    private readonly Lock _lock = new();

    public FeedbackBox(StoredFeedback stored, IOptions<FeedbackOptions> options, TimeProvider time, IMeterFactory meters)
    {
        (_stored, _options, _time) = (stored, options.Value, time);
        _sent = new DayCounts(options.Value.PerAddressPerDay, time);
        _meter = meters.Create(MeterNames.Server);
        _thumbs = _meter.CreateCounter<long>("liveface.feedback", description: "Feedback that came, by thumb and what it is about");
        foreach (var thumb in Enum.GetValues<Thumb>())
            foreach (var about in Enum.GetValues<FeedbackAbout>())
                Count(0, thumb, about);
    }

    /// <exception cref="ProblemException">The address, or the server, has had as many as it may.</exception>
    public FeedbackInfo Take(NewFeedback said, IPAddress? from)
    {
        if (!_options.Enabled)
            throw new ProblemException(Problem.NotAllowed, "This server takes no feedback.");
        if (!_sent.TryTake(from))
            throw new ProblemException(Problem.QuotaReached, $"This address has sent its {_options.PerAddressPerDay} opinions of today.");
        var now = _time.GetUtcNow();
        var kept = new FeedbackInfo(
            RandomNumberGenerator.GetHexString(IdLength, lowercase: true), now, now.AddDays(_options.KeepDays), said.Thumb!.Value,
            said.About ?? FeedbackAbout.Picture, said.Words?.Trim() ?? "", said.Correction);
        lock (_lock)
        {
            if (_stored.Total >= _options.Most)
                throw new ProblemException(Problem.QuotaReached, "This server keeps as much feedback as it may.");
            _stored.Add(new StoredOpinion(kept.Id, now, kept.Expires, NameOf(kept.Thumb), NameOf(kept.About), kept.Words, kept.Correction));
        }

        Count(1, kept.Thumb, kept.About);
        return kept;
    }

    public FeedbackPage List(Thumb? thumb, bool worded, int skip, int most) => new(
        _stored.Count(NameOf(Thumb.Up), worded: false), _stored.Count(NameOf(Thumb.Down), worded: false),
        _stored.Count(thumb is { } one ? NameOf(one) : null, worded),
        [.. _stored.List(thumb is { } wanted ? NameOf(wanted) : null, worded, skip, most).Select(Read)]);

    public bool Remove(string id) => _stored.Remove(id);

    public void RemoveExpired() => _stored.RemoveExpired(_time.GetUtcNow());

    public void Dispose() => _meter.Dispose();

    private static FeedbackInfo Read(StoredOpinion row) => new(
        row.Id, row.Created, row.Expires, Enum.Parse<Thumb>(row.Thumb, ignoreCase: true), Enum.Parse<FeedbackAbout>(row.About, ignoreCase: true),
        row.Words, row.Correction);

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private void Count(long more, Thumb thumb, FeedbackAbout about) => _thumbs.Add(more, new("thumb", NameOf(thumb)), new("about", NameOf(about)));
}
