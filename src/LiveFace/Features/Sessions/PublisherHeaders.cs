using LiveFace.Features.Rooms;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Sessions;

/// <summary>
/// What a publisher wants to be hidden, as headers of the offer: each is a preset's name, or a policy as JSON in ASCII.
/// </summary>
internal static class PublisherHeaders
{
    public const string Policy = "LiveFace-Policy";
    public const string Floor = "LiveFace-Floor";

    public static PublisherWishes Read(HttpRequest request) => new(Read(request, Policy), Read(request, Floor));

    private static RedactionPolicy? Read(HttpRequest request, string header)
    {
        // Present and empty is a mistake and not no wish: whoever sends the header wants something to be hidden.
        if (!request.Headers.TryGetValue(header, out var value))
            return null;
        if (PolicyOptions.TryRead(value.ToString(), out var policy, out var problems))
            return policy;
        throw RoomProblems.Of([.. problems.Select(problem => problem with { Field = $"{header}: {problem.Field}" })]);
    }
}
