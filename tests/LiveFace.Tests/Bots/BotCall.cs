namespace LiveFace.Tests.Bots;

/// <summary>One call of a method of the Bot API, with the file that came along.</summary>
internal sealed record BotCall(string Method, IReadOnlyDictionary<string, string> Fields, byte[]? File, string? FileName)
{
    public string this[string field] => Fields.GetValueOrDefault(field, "");

    public long Chat => long.Parse(this["chat_id"], System.Globalization.CultureInfo.InvariantCulture);
}
