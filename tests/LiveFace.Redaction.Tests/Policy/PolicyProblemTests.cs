using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

/// <summary>What is wrong with a policy is said with the name of the field.</summary>
public sealed class PolicyProblemTests
{
    [Theory]
    [InlineData("""{"rulez":[]}""", "rulez", "is not a field of a policy")]
    [InlineData("""{"rules":[{"how":{"strenght":1}}]}""", "rules[0].how.strenght", "is not a field of a policy")]
    [InlineData("""{"rules":[{"how":{"effect":"smudge"}}]}""", "rules[0].how.effect", "blur, mosaic, solid, glyph, sticker, remove, box")]
    [InlineData("""{"rules":[{"how":{"effect":1}}]}""", "rules[0].how.effect", "one of")]
    [InlineData("""{"rules":[{"where":"circle"}]}""", "rules[0].where", "box, ellipse, outline")]
    [InlineData("""{"rules":[{"how":{"strength":140}}]}""", "rules[0].how.strength", "must be 0 to 100, was 140")]
    [InlineData("""{"rules":[{"how":{"strength":"high"}}]}""", "rules[0].how.strength", "another kind")]
    [InlineData("""{"rules":[{"how":{"padding":-0.1}}]}""", "rules[0].how.padding", "must be 0 to 1")]
    [InlineData("""{"rules":[{"how":{"color":"red"}}]}""", "rules[0].how.color", "#rrggbb")]
    [InlineData("""{"rules":[{"how":{"color":"#-12345"}}]}""", "rules[0].how.color", "#rrggbb")]
    [InlineData("""{"rules":[{"when":{"model":""}}]}""", "rules[0].when.model", "a job")]
    [InlineData("""{"rules":[{"when":{"classes":[]}}]}""", "rules[0].when.classes", "\"all\"")]
    [InlineData("""{"rules":[{"when":{"classes":"person"}}]}""", "rules[0].when.classes", "\"all\" or a list")]
    [InlineData("""{"rules":[{"when":{"minScore":1.5}}]}""", "rules[0].when.minScore", "must be 0 to 1")]
    [InlineData("""{"rules":[null]}""", "rules[0]", "object")]
    [InlineData("""{"rules":null}""", "rules", "must not be null")]
    [InlineData("""{"rules":[{"how":null}]}""", "rules[0].how", "must not be null")]
    [InlineData("""{"zones":[{}]}""", "zones[0].box", "must be given")]
    [InlineData("""{"zones":[{"box":{"x":0,"y":0,"width":0,"height":1}}]}""", "zones[0].box", "over 0")]
    [InlineData("""{"zones":[{"box":{"x":2,"y":0,"width":1,"height":1}}]}""", "zones[0].box.x", "must be 0 to 1")]
    [InlineData("""{"zones":[{"shape":"polygon","points":[]}]}""", "zones[0].points", "3 to 64")]
    [InlineData("""{"zones":[{"box":{"x":0,"y":0,"width":1,"height":1},"how":{"effect":"box"}}]}""", "zones[0].how.effect", "must hide")]
    [InlineData("""{"background":{"effect":"sticker"}}""", "background.effect", "blur, mosaic or solid")]
    [InlineData("""{"watermark":{"text":""},"cover":true}""", "watermark.text", "1 to 64")]
    [InlineData("""{"watermark":{"sticker":""},"cover":true}""", "watermark.sticker", "a sticker's name")]
    [InlineData("""{"watermark":{"text":"a","place":"middle"},"cover":true}""", "watermark.place", "tiled, single, top-left")]
    [InlineData("""{"watermark":{"text":"a","blend":"add"},"cover":true}""", "watermark.blend", "normal, multiply, screen")]
    [InlineData("""{"watermark":{"text":"a","size":0.01},"cover":true}""", "watermark.size", "must be 0.02 to 1")]
    [InlineData("""{"watermark":{"text":"a","angle":181},"cover":true}""", "watermark.angle", "must be -180 to 180")]
    [InlineData("""{"watermark":{"text":"a","spacing":5},"cover":true}""", "watermark.spacing", "must be 0 to 4")]
    [InlineData("""{"watermark":{"text":"a","color":"red"},"cover":true}""", "watermark.color", "#rrggbb")]
    [InlineData("""{"maximumAgeMs":10,"cover":true}""", "maximumAgeMs", "must be 50 to 5000, was 10")]
    [InlineData("""{"lookAheadFrames":6,"cover":true}""", "lookAheadFrames", "must be 0 to 5, was 6")]
    [InlineData("""{"strict":"yes"}""", "strict", "another kind")]
    [InlineData("""{"strict":true,"strict":false}""", "strict", "")]
    [InlineData("""{"rules":[{}]""", "policy", "not valid JSON")]
    [InlineData("null", "policy", "must be an object")]
    [InlineData("", "policy", "not valid JSON")]
    public void What_is_wrong_is_said_with_the_fields_name(string json, string field, string message)
    {
        var problem = PolicyReading.Problem(json);
        problem.Field.ShouldBe(field);
        problem.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"rules":[{"how":{"effect":"box"}}]}""")]
    [InlineData("""{"watermark":{"text":"hello"}}""")]
    public void A_policy_that_hides_nothing_has_to_say_so(string json) =>
        PolicyReading.Problem(json).Field.ShouldBe("nothingHidden");

    [Fact]
    public void A_policy_that_hides_may_not_say_that_it_hides_nothing() =>
        PolicyReading.Problem("""{"rules":[{}],"nothingHidden":true}""").Message.ShouldContain("must be false");

    [Fact]
    public void Too_many_models_too_many_rules_and_too_many_bytes_are_refused()
    {
        string Rules(int count, Func<int, string> model) => $$"""
            {"rules":[{{string.Join(",", Enumerable.Range(0, count).Select(i => $$$"""{"when":{"model":"{{{model(i)}}}"}}"""))}}]}
            """;
        PolicyReading.Problem(Rules(5, i => $"m{i}")).Message.ShouldContain("at most 4 different models");
        PolicyReading.Problem(Rules(33, _ => "faces")).Message.ShouldContain("at most 32");
        PolicyReading.Problem("{\"preset\":\"" + new string('x', 70_000) + "\"}").Message.ShouldContain("65536 bytes");
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(5);
        var good = PolicyJson.Write(PolicyPresets.HidePersons);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var n = random.Next(1, 5); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (!PolicyJson.TryRead(bytes.AsSpan(0, random.Next(bytes.Length + 1)), out _, out var problems))
                problems.ShouldNotBeEmpty();
        }
    }
}
