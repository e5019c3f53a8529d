using LiveFace.Access;
using LiveFace.Features.Corrections.State;
using LiveFace.Features.Feedback;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.People.State;
using LiveFace.Stickers;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Oversight;

/// <summary>What this server keeps, how much of it, how long, and when the next of it goes.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder routes) => routes.MapGet("/api/retention", Read).Needs(Roles.Admin);

    private static Retained[] Read(
        JobBoard jobs, StoredCorrections corrections, StoredFeedback feedback, KeyStore keys, LinkStore links, StickerShelf stickers, AuditLog audit,
        PeopleRegistry people,
        IOptions<FilmsOptions> films, IOptions<CorrectionsOptions> kept, IOptions<FeedbackOptions> opinions, IOptions<PeopleOptions> known)
    {
        var (count, bytes) = corrections.Total;
        return
        [
            new("jobs", jobs.All.Count(), jobs.Bytes, films.Value.KeepHours, "Films:KeepHours", jobs.All.Min(job => job.Expires)),
            new("corrections", count, bytes, 24 * kept.Value.KeepDays, "Corrections:KeepDays", corrections.FirstExpiry),
            new("feedback", feedback.Total, null, 24 * opinions.Value.KeepDays, "Feedback:KeepDays", feedback.FirstExpiry),
            new("people", people.Count, null, 24 * known.Value.LongestDays, "People:LongestDays", people.FirstExpiry),
            new("keys", keys.All.Count, null, null, null, keys.All.Min(key => key.Expires)),
            new("links", links.All.Count(), null, null, null, links.All.Min(link => link.Expires)),
            new("stickers", stickers.All.Count(), stickers.All.Sum(one => (long)one.File.Length), null, null, null),
            new("audit", null, audit.Bytes, null, null, null),
        ];
    }
}

/// <summary>One kind of what is kept.</summary>
/// <param name="What">Its name.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">How large they are together, where that is more than rows of a table.</param>
/// <param name="Hours">How long each is kept at most; null: until somebody deletes it, or as long as it says itself.</param>
/// <param name="Setting">The setting that says so.</param>
/// <param name="Next">When the next one goes.</param>
internal sealed record Retained(string What, long? Count, long? Bytes, int? Hours, string? Setting, DateTimeOffset? Next);
