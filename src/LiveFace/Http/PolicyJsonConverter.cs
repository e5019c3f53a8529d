using System.Text.Json;
using System.Text.Json.Serialization;
using LiveFace.Redaction.Policy;

namespace LiveFace.Http;

/// <summary>Policies are written as the redaction room writes them; they are read by <see cref="PolicyJson"/> alone.</summary>
internal sealed class PolicyJsonConverter : JsonConverter<RedactionPolicy>
{
    public override RedactionPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Policies are read with PolicyJson.TryRead, which says what is wrong with them.");

    public override void Write(Utf8JsonWriter writer, RedactionPolicy value, JsonSerializerOptions options) =>
        writer.WriteRawValue(PolicyJson.Write(value), skipInputValidation: true);
}
