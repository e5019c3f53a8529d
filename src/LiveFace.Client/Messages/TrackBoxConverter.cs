using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveFace.Client.Messages;

/// <summary>A box as box files have it: five numbers and a word in a row.</summary>
internal sealed class TrackBoxConverter : JsonConverter<TrackBox>
{
    private const int Numbers = 5;

    public override TrackBox Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Span<double> numbers = stackalloc double[Numbers];
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A box is a row of numbers.");
        foreach (ref var number in numbers)
        {
            reader.Read();
            number = reader.GetDouble();
        }

        reader.Read();
        var origin = reader.GetString() ?? throw new JsonException("A box ends in where it comes from.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            reader.Skip();
        return new TrackBox(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], origin);
    }

    public override void Write(Utf8JsonWriter writer, TrackBox value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var number in (ReadOnlySpan<double>)[value.Left, value.Top, value.Right, value.Bottom, value.Doubt])
            writer.WriteNumberValue(number);
        writer.WriteStringValue(value.Origin);
        writer.WriteEndArray();
    }
}
