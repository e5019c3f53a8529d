using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Identity;

/// <summary>
/// Tells whether two faces are the same person: one model finds eyes, nose and mouth, by which the face is cut out, and
/// another one makes it an embedding. The sessions are shared by all streams; each stream has a lane of its own.
/// </summary>
public sealed class FaceIdentifier
{
    /// <summary>
    /// Faces whose box is smaller than this in pixels have too little in them to tell people apart; how often two people
    /// are taken for one is measured from this size on.
    /// </summary>
    public const float SmallestFace = 48;

    /// <summary>
    /// From this likeness on, two looks are one person. Somebody else may reach it in one of ten thousand looks at most;
    /// <c>make identify</c> measures it, and docs/reference/hiding.md says on what.
    /// </summary>
    public const float SamePerson = 0.5f;

    /// <summary>
    /// From this likeness to what was enrolled on, a look shows somebody enrolled. <c>make enrol</c> measures how often that is
    /// wrong, and docs/reference/people.md says on what.
    /// </summary>
    public const float EnrolledPerson = 0.5f;

    /// <summary>The same where more than a few are named, each of whom a stranger might be like.</summary>
    public const float EnrolledAmongMany = 0.55f;

    private readonly ModelEntry _landmarks;
    private readonly ModelEntry _embedding;

    private FaceIdentifier(ModelEntry landmarks, InferenceSession landmarkSession, ModelEntry embedding, InferenceSession embeddingSession)
    {
        (_landmarks, _embedding) = (landmarks, embedding);
        (Landmarks, Embedding) = (landmarkSession, embeddingSession);
    }

    internal InferenceSession Landmarks { get; }

    internal InferenceSession Embedding { get; }

    internal string LandmarkInput => _landmarks.Input.Name;

    internal string EmbeddingInput => _embedding.Input.Name;

    /// <summary>Loads both models, which are prepared first where they are not.</summary>
    /// <exception cref="ModelException">A model is unknown or off, or could not be prepared or loaded.</exception>
    public static async Task<FaceIdentifier> OpenAsync(
        ModelCatalogue catalogue, InferenceSessions sessions, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(sessions);
        var landmarks = catalogue.Find("landmarks-68");
        var embedding = catalogue.Find("sface");
        var identifier = new FaceIdentifier(
            landmarks, await sessions.GetAsync(landmarks.Id, progress, cancel),
            embedding, await sessions.GetAsync(embedding.Id, progress, cancel));
        // The first run is by far the slowest, and says whether the models are what they should be.
        using var lane = identifier.OpenLane();
        lane.Try();
        return identifier;
    }

    /// <summary>One stream's memory.</summary>
    public FaceIdentifierLane OpenLane() => new(this);
}
