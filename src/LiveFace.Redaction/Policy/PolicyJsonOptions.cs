using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LiveFace.Redaction.Policy;

/// <summary>How policies look in JSON: camelCase fields, lower-case choices, nothing unknown, nothing twice.</summary>
internal static class PolicyJsonOptions
{
    // By reflection and not by source generation: generated code sets init properties that are missing from the JSON
    // to zero instead of leaving their defaults, and a rule without a strength would then be one of strength 0.
    public static JsonSerializerOptions Strict { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            MaxDepth = 12,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
