using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Links;

/// <summary>What the readings of a track's finds say together, the later ones more.</summary>
internal static class TrackReadings
{
    public static FaceAttributes? Of(FilmFinds film, Tracklet row)
    {
        SmoothReading? sum = null;
        foreach (var index in row.Finds)
            if (film.ReadingOf(index) is { } read)
                (sum ??= new SmoothReading()).Add(Reading(read));
        return sum is null ? null : FaceAttributes.Of(sum.Value);
    }

    /// <summary>The words back as a reading. Of an emotion that was unsure nothing is known, and of a gender that both are as likely.</summary>
    private static FaceReading Reading(FaceAttributes read) => new(
        read.Age is { } age ? new AgeReading(age.Years, age.Low, age.High) : null,
        read.Gender is not { } gender ? null : gender.Value switch
        {
            "female" => new GenderReading(FaceGender.Female, gender.Certainty, false),
            "male" => new GenderReading(FaceGender.Male, gender.Certainty, true),
            _ => new GenderReading(FaceGender.Unsure, 0.5f, false),
        },
        read.Emotion is { Value: not "unsure" } emotion ? new EmotionReading(emotion.Value, emotion.Certainty, emotion.Value) : null);
}
