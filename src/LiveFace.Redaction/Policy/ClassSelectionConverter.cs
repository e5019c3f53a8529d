using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveFace.Redaction.Policy;

/// <summary>Reads "all" as null, and a list of labels as itself.</summary>
internal sealed class ClassSelectionConverter : JsonConverter<IReadOnlyList<string>?>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("all")))
            return null;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("The JSON value could not be converted to a selection of classes.");
        var labels = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            labels.Add(reader.TokenType == JsonTokenType.String
                ? reader.GetString()!
                : throw new JsonException("The JSON value could not be converted to a label."));
        return labels;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string>? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteStringValue("all");
            return;
        }

        writer.WriteStartArray();
        foreach (var label in value)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
    }
}
