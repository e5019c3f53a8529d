using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveFace.Client.Messages;

/// <summary>A list of classes, or "all" for null.</summary>
internal sealed class ClassesConverter : JsonConverter<IReadOnlyList<string>?>
{
    private const string All = "all";

    public override bool HandleNull => true;

    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
            return null;
        var classes = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            classes.Add(reader.GetString()!);
        return classes;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string>? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteStringValue(All);
            return;
        }

        writer.WriteStartArray();
        foreach (var name in value)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}
