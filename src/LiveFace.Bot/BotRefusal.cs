using LiveFace.Bot.Texts;

namespace LiveFace.Bot;

/// <summary>What cannot be done, as it is said to whoever asked.</summary>
internal sealed class BotRefusal(Phrase phrase, params object?[] values) : Exception($"{phrase}")
{
    public Phrase Phrase { get; } = phrase;

    public string In(BotTexts texts) => texts.Say(Phrase, values);
}
