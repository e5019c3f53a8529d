using LiveFace.Bot.Texts;
using LiveFace.Client.Messages;

namespace LiveFace.Bot;

/// <summary>How far a film is, and what came of it, in words.</summary>
internal static class FilmWords
{
    public static string Progress(Job job, BotTexts texts) => job.Stage switch
    {
        "detect" => texts.Say(Phrase.FilmDetect, Percent(job)),
        "link" => texts[Phrase.FilmLink],
        "render" => texts.Say(Phrase.FilmRender, Percent(job)),
        "check" => texts.Say(Phrase.FilmCheck, Percent(job)),
        _ => texts[Phrase.FilmQueued],
    };

    public static string Done(JobResult result, BotTexts texts) => result.Covered > 0
        ? texts.Say(Phrase.FilmCovered, result.Tracks, result.Covered)
        : texts.Say(Phrase.FilmDone, result.Tracks);

    private static long Percent(Job job) => job.Total is > 0 and var total ? Math.Clamp(job.Pictures * 100 / total, 0, 100) : 0;
}
