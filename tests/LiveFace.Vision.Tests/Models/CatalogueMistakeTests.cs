using System.Text.Json.Nodes;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Mistakes in a catalogue are told with the model and the field.</summary>
public sealed class CatalogueMistakeTests : CatalogueTestBase
{
    [Theory]
    [InlineData("job", "\"birds\"", "'job' is 'birds'; it has to be one of faces, objects, outline")]
    [InlineData("decoder", "\"yollo\"", "'decoder' is 'yollo'")]
    [InlineData("on", "\"yes\"", "'on' has to be true or false")]
    [InlineData("labels", "\"trio\"", "'labels' names the list 'trio'")]
    [InlineData("labels", "[1]", "'labels' has to be a list of texts")]
    [InlineData("treshold", "1", "'treshold' is not a field here")]
    [InlineData("source.package", "\"name@^1.2.3\"", "'package' is 'name@^1.2.3'; it has to be a name and an exact version")]
    [InlineData("source.package", "\"--cache=/etc@1.2.3\"", "'package' is")]
    [InlineData("source.sha256", "\"0123\"", "'sha256' has to be 64")]
    [InlineData("source.file", "\"../../etc/passwd\"", "'file' is '../../etc/passwd'; it has to be a path inside the package")]
    [InlineData("source.type", "\"http\"", "'type' is 'http'; it has to be npm or file")]
    [InlineData("licence.kind", "\"copyleft\"", "'note' is missing")]
    [InlineData("input.width", "630", "'width' is 630; it has to be a multiple of the step, 32")]
    [InlineData("input.width", "-1", "'width' has to be a whole number from 1 to 8192")]
    [InlineData("input.std", "[0]", "'std' holds a zero")]
    [InlineData("input.mean", "[1, 2]", "'mean' has 2 numbers; it takes 1 or 3")]
    [InlineData("input.layout", "null", "'layout' has to be a text")]
    [InlineData("thresholds.live", "[0.7, 0.3]", "'live' has to be two numbers from 0 to 2, the smaller one first")]
    [InlineData("thresholds.offline", "[0.1]", "'offline' has to be two numbers")]
    [InlineData("thresholds.heights", "[10, 20000]", "'heights' has to be two numbers from 0 to 10000")]
    [InlineData("thresholds.score", "1.5", "'score' has to be a number from 0 to 1")]
    public void A_mistake_is_told_with_the_model_and_the_field(string field, string value, string expected)
    {
        var catalogue = JsonNode.Parse(Sound)!;
        var path = field.Split('.');
        var at = catalogue["models"]![0]!;
        foreach (var step in path[..^1])
            at = at[step]!;
        at[path[^1]] = JsonNode.Parse(value);

        var error = Should.Throw<ModelException>(() => Load(catalogue.ToJsonString()));

        error.Message.ShouldStartWith("models.json: model 'one'");
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("job")]
    [InlineData("source")]
    [InlineData("source.package")]
    [InlineData("source.file")]
    [InlineData("source.sha256")]
    [InlineData("licence")]
    [InlineData("licence.weights")]
    [InlineData("decoder")]
    [InlineData("input")]
    [InlineData("input.name")]
    [InlineData("input.width")]
    [InlineData("input.mean")]
    public void A_missing_field_is_told_by_its_name(string field)
    {
        var catalogue = JsonNode.Parse(Sound)!;
        var path = field.Split('.');
        var at = catalogue["models"]![0]!.AsObject();
        foreach (var step in path[..^1])
            at = at[step]!.AsObject();
        at.Remove(path[^1]);

        Should.Throw<ModelException>(() => Load(catalogue.ToJsonString())).Message.ShouldContain($"'{path[^1]}' is missing");
    }

    [Theory]
    [InlineData("{", "models.json is not valid JSON at line 1")]
    [InlineData("[]", "models.json has to be an object")]
    [InlineData("""{ "models": {} }""", "'models' has to be a list")]
    [InlineData("""{ "models": [ 3 ] }""", "model 1 has to be an object")]
    [InlineData("""{ "models": [ { "id": "Upper Case" } ] }""", "'id' is 'Upper Case'")]
    [InlineData("""{ "modles": [] }""", "'modles' is not a field here")]
    public void A_broken_file_is_told_in_a_sentence(string json, string expected) =>
        Should.Throw<ModelException>(() => Load(json)).Message.ShouldContain(expected);

    [Fact]
    public void An_id_that_is_there_twice_is_refused()
    {
        var catalogue = JsonNode.Parse(Sound)!;
        catalogue["models"]!.AsArray().Add(catalogue["models"]![0]!.DeepClone());

        Should.Throw<ModelException>(() => Load(catalogue.ToJsonString())).Message.ShouldContain("model 'one': 'id' is there twice");
    }
}
