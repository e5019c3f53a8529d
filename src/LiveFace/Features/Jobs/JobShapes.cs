using LiveFace.Features.Jobs.State;
using LiveFace.Films.Detection;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Jobs;

/// <summary>A job as it is told.</summary>
internal sealed record Job(
    string Id, string Name, JobKind? Kind, JobState State, FilmStage? Stage, int Round, long Pictures, long? Total, double? Rate, double? SecondsLeft,
    long Found, long Bytes, long Received, bool Review, RedactionPolicy Policy, int Edits, int Written, int Attempts, string? Problem, JobFilm? Film,
    JobResultInfo? Result, DateTimeOffset Created, DateTimeOffset Changed, DateTimeOffset? Expires);

/// <summary>What came of a job, as it is told.</summary>
internal sealed record JobResultInfo(
    long Bytes, string Sha256, string Type, long Pictures, long Covered, int Tracks, int Rounds, IReadOnlyList<int> FoundAgain, int Left);

/// <summary>A track as the edits leave it, with its boxes where a part of the film was asked for.</summary>
internal sealed record JobTrack(
    int Id, string Model, string Class, double Score, double Doubt, int First, int Last, bool Kept, FaceAttributes? Attributes, int? BoxesFrom,
    IReadOnlyList<object[]>? Boxes);

/// <summary>The log of a review, which of its edits count, and what a box that is drawn can be.</summary>
internal sealed record JobEdits(
    IReadOnlyList<System.Text.Json.Nodes.JsonObject> Edits, IReadOnlyList<int> InForce, IReadOnlyList<DrawnKind> Kinds);

/// <summary>A class of a model of the film, by their numbers in its box file.</summary>
internal sealed record DrawnKind(int Model, int Class, string Name);
