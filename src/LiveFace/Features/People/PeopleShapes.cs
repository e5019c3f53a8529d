using System.Text.Json;
using LiveFace.Access;
using LiveFace.Features.People.State;
using LiveFace.Http;

namespace LiveFace.Features.People;

/// <summary>What is said of somebody with their pictures. <paramref name="Consent"/> is the sender's word that the person agreed.</summary>
internal sealed record PersonOrder(bool? Consent, int? Days, string? Rooms)
{
    public const int MaximumBytes = 4 << 10;

    /// <summary>Whom the order enrols, from now on.</summary>
    /// <exception cref="ProblemException">It is not as described; the answer names the field.</exception>
    public static PersonRecord Read(string id, ReadOnlyMemory<byte> json, int longestDays, DateTimeOffset now)
    {
        PersonOrder? order;
        try
        {
            order = JsonSerializer.Deserialize<PersonOrder>(json.Span, ApiJson.Options);
        }
        catch (JsonException error)
        {
            throw RequestBody.Invalid("person", $"is not as described ({error.Path})");
        }

        if (order?.Consent != true)
            throw RequestBody.Invalid("person.consent", "must be true: nobody is enrolled who has not agreed to it");
        if (order.Days is not { } days || days < 1 || days > longestDays)
            throw RequestBody.Invalid("person.days", $"must be the 1 to {longestDays} days that the person agreed to");
        if (!RoomPattern.TryParse(order.Rooms ?? RoomPattern.Everything.Text, out var rooms))
            throw RequestBody.Invalid("person.rooms", $"must be {RoomPattern.Accepted}");
        // Whole milliseconds, as the database has them.
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new PersonRecord(id, now, now.AddDays(days), rooms, 0);
    }
}

/// <summary>The parts of the form, for the API's document alone.</summary>
internal sealed record PersonForm(IFormFileCollection Picture, PersonOrder Person);

internal enum PersonState
{
    /// <summary>Rooms whose policy names them leave them alone.</summary>
    Ready,

    /// <summary>What is kept is damaged, or its key is not there: they are hidden.</summary>
    Unreadable,
}

/// <summary>Somebody enrolled: an id and dates, and neither a picture nor anything of a face.</summary>
internal sealed record Person(string Id, DateTimeOffset Created, DateTimeOffset Expires, string Rooms, PersonState State)
{
    public static Person Of(PersonRecord person, bool isReadable) =>
        new(person.Id, person.Created, person.Expires, person.Rooms.Text, isReadable ? PersonState.Ready : PersonState.Unreadable);
}

/// <summary>The answer to who enrolled somebody: the only time that the link is told by which the person withdraws.</summary>
internal sealed record PersonReceipt(string Id, DateTimeOffset Created, DateTimeOffset Expires, string Rooms, string Withdraw);

/// <summary>What a link is for. It comes in the body, so that it is in no log of addresses.</summary>
internal sealed record PersonClaim(string? Secret);

/// <summary>Who is forgotten.</summary>
internal sealed record PersonWithdrawn(string Id);
