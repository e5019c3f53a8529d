using System.Globalization;
using System.Text;
using LiveFace.Bot.Texts;
using LiveFace.Client.Messages;

namespace LiveFace.Bot;

/// <summary>What was read of faces, in words.</summary>
internal static class FaceWords
{
    /// <summary>As many as fit a message.</summary>
    private const int Most = 40;

    public static string Of(IReadOnlyList<PictureObject> objects, BotTexts texts)
    {
        var faces = objects.OrderBy(face => face.Box.X).ToList();
        if (!faces.Exists(face => face.Attributes?.Age is not null))
            return texts[Phrase.NoFaces];
        if (faces is [{ Attributes: { Age: { } age } only }])
            return texts.Say(Phrase.OneFace, Years(age.Years), Years(age.Low), Years(age.High), GenderOf(only, texts));
        var lines = new StringBuilder(texts[Phrase.ManyFaces]);
        foreach (var (number, face) in faces.Take(Most).Index())
            lines.Append('\n').Append(face.Attributes is { Age: { } years } read
                ? texts.Say(Phrase.FaceLine, number + 1, Years(years.Years), Years(years.Low), Years(years.High), GenderOf(read, texts))
                : texts.Say(Phrase.Unread, number + 1));
        return lines.ToString();
    }

    private static string Years(float years) => Math.Round(years).ToString(CultureInfo.InvariantCulture);

    private static string GenderOf(FaceAttributes read, BotTexts texts) => read.Gender?.Value switch
    {
        "female" => texts[Phrase.Female],
        "male" => texts[Phrase.Male],
        _ => texts[Phrase.Unsure],
    };
}
