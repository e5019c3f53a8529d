using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Storage;
using LiveFace.Storage.Encryption;
using LiveFace.WebRtc;

namespace LiveFace.Features.Rooms;

/// <summary>What the rooms and the WebRTC endpoint refuse, as problems for the caller.</summary>
internal static class RoomProblems
{
    public static ProblemException? From(Exception e) => e switch
    {
        ProblemException problem => problem,
        RoomRefusedException refused => new ProblemException(Of(refused.Reason), refused.Message)
        {
            RetryAfterSeconds = (int)Math.Ceiling(Math.Max(1, refused.RetryAfter.TotalSeconds)),
        },
        OfferRejectedException rejected => Of(rejected),
        PolicyRefusedException refused => Of(refused.Problems),
        SealedFileException => new ProblemException(Problem.StorageFailed, "A file of it was changed on the server's disk; delete it."),
        StorageException => new ProblemException(Problem.StorageFailed, "What was asked for is not kept. What was taken back is void already, "
            + "and is written as soon as the disk takes it.")
        { RetryAfterSeconds = 10 },
        _ => null,
    };

    public static ProblemException Of(IReadOnlyList<PolicyProblem> problems, Problem? problem = null) => new(
        problem ?? Problem.PolicyInvalid,
        string.Join("; ", problems.Select(p => $"{p.Field} {p.Message}")) + ".",
        problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray()));

    private static Problem Of(RoomRefusal reason) => reason switch
    {
        RoomRefusal.RoomsFull => Problem.RoomsFull,
        RoomRefusal.RoomFull => Problem.RoomFull,
        RoomRefusal.RoomTaken => Problem.RoomTaken,
        RoomRefusal.RoomEmpty => Problem.RoomEmpty,
        RoomRefusal.ShuttingDown => Problem.ShuttingDown,
        RoomRefusal.Unreachable => Problem.ClusterUnavailable,
        _ => Problem.TooBusy,
    };

    private static ProblemException Of(OfferRejectedException e) => e.Reason switch
    {
        OfferRejection.TooLong => new ProblemException(Problem.TooLarge, e.Message),
        OfferRejection.NothingInCommon => new ProblemException(Problem.NoCommonCodec, e.Message),
        OfferRejection.DoesNotFitSession => new ProblemException(Problem.PatchUnsupported, e.Message),
        OfferRejection.EndpointFull => new ProblemException(Problem.TooBusy, e.Message) { RetryAfterSeconds = 10 },
        _ => new ProblemException(Problem.OfferInvalid, e.Message),
    };
}
