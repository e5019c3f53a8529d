using System.Text.Json;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Boxes;

/// <summary>What was read of faces as box files hold it, both ways: the words and ranges that the server tells.</summary>
internal static class BoxReadings
{
    /// <summary>The version of files with readings; those without stay what they were.</summary>
    public const int Version = 2;

    private const float MostYears = 200;
    private const int MostWord = 32;

    private static readonly string[] Genders = ["female", "male", "unsure"];
    private static readonly string[] Words = ["age", "gender", "emotion"];

    /// <summary>Which traits were asked for, in the head.</summary>
    public static void Write(Utf8JsonWriter to, FaceTraits traits)
    {
        to.WriteStartArray();
        foreach (var word in TraitWords.Of(traits))
            to.WriteStringValue(word);
        to.WriteEndArray();
    }

    public static FaceTraits ReadTraits(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw JsonFields.Wrong(where, "expected an array");
        var (traits, index) = (FaceTraits.None, 0);
        foreach (var item in element.EnumerateArray())
        {
            var place = $"{where}[{index++}]";
            if (item.ValueKind != JsonValueKind.String)
                throw JsonFields.Wrong(place, $"expected one of {string.Join(", ", Words)}");
            traits |= (FaceTraits)(1 << BoxPieces.Word(item.GetString()!, place, Words));
        }

        return traits == FaceTraits.None ? throw JsonFields.Wrong(where, "expected one or more") : traits;
    }

    public static void Write(Utf8JsonWriter to, string name, FaceAttributes? read)
    {
        if (read is null)
            return;
        to.WriteStartObject(name);
        if (read.Age is { } age)
        {
            to.WriteStartObject("age");
            BoxPieces.Number(to, "years", age.Years, 1);
            BoxPieces.Number(to, "low", age.Low, 1);
            BoxPieces.Number(to, "high", age.High, 1);
            to.WriteEndObject();
        }

        Write(to, "gender", read.Gender);
        Write(to, "emotion", read.Emotion);
        to.WriteEndObject();
    }

    public static FaceAttributes? Read(JsonFields of, string name, FaceTraits asked)
    {
        if (!of.Has(name))
            return null;
        if (asked == FaceTraits.None)
            throw JsonFields.Wrong(of.At(name), "not a field of a file whose head names no attributes");
        var fields = new JsonFields(of.Of(name), of.At(name), Words);
        return new FaceAttributes(
            fields.Has("age") ? ReadAge(new JsonFields(fields.Of("age"), fields.At("age"), "years", "low", "high")) : null,
            fields.Has("gender") ? ReadWord(fields, "gender", Genders) : null,
            fields.Has("emotion") ? ReadWord(fields, "emotion", null) : null);
    }

    private static FaceAttributes.AgeRange ReadAge(JsonFields fields) =>
        new(fields.Number("years", -MostYears, MostYears), fields.Number("low", -MostYears, MostYears), fields.Number("high", -MostYears, MostYears));

    private static FaceAttributes.Word ReadWord(JsonFields of, string name, string[]? words)
    {
        var fields = new JsonFields(of.Of(name), of.At(name), "value", "certainty");
        var value = fields.Text("value", MostWord);
        if (words is not null)
            BoxPieces.Word(value, fields.At("value"), words);
        return new FaceAttributes.Word(value, fields.Number("certainty", 0, 1));
    }

    private static void Write(Utf8JsonWriter to, string name, FaceAttributes.Word? word)
    {
        if (word is null)
            return;
        to.WriteStartObject(name);
        to.WriteString("value", word.Value);
        BoxPieces.Number(to, "certainty", word.Certainty, 3);
        to.WriteEndObject();
    }
}
