using LiveFace.Features.People.State;

namespace LiveFace.Features.People;

/// <summary>What is said of somebody with their pictures. <paramref name="Consent"/> is the sender's word that the person agreed.</summary>
internal sealed record PersonOrder(bool? Consent, int? Days, string? Rooms)
{
    public const int MaximumBytes = 4 << 10;
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
