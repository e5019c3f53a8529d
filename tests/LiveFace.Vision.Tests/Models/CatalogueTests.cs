using System.Text.Json.Nodes;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Models;

public sealed class CatalogueTests : IDisposable
{
    private const string Sound = """
        {
          "labels": { "pair": ["cat", "dog"] },
          "models": [{
            "id": "one", "job": "objects", "on": true,
            "source": { "type": "npm", "package": "@scope/name@1.2.3", "file": "a/b.onnx",
                        "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
            "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" },
            "decoder": "yolo",
            "input": { "name": "images", "layout": "nchw", "width": 640, "height": 480, "step": 32,
                       "colour": "rgb", "resize": "letterbox-centre", "padding": 114, "mean": [0], "std": [255] },
            "labels": "pair",
            "thresholds": { "score": 0.3, "overlap": 0.5 }
          }]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    [Fact]
    public void A_sound_entry_is_read_with_all_its_fields()
    {
        var model = Load(Sound).Find("one");

        model.Job.ShouldBe(ModelJob.Objects);
        model.Title.ShouldBe("one");
        model.Source.ShouldBe(new NpmModelSource("@scope/name", "1.2.3", new SourceFile("a/b.onnx",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"), null));
        model.Decoder.ShouldBe(ModelDecoder.Yolo);
        model.Labels.ShouldBe(["cat", "dog"]);
        model.Input.Std.ShouldBe([255, 255, 255]);
        model.Input.Resize.ShouldBe(ResizeMode.LetterboxCentre);
        model.Thresholds.ShouldBe(new ModelThresholds(0.3f, 0.5f));
        model.IsOn.ShouldBeTrue();
        model.IsFirst.ShouldBeFalse();
    }

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

    [Fact]
    public void An_unknown_id_is_answered_with_those_that_are_known() =>
        Should.Throw<ModelException>(() => Load(Sound).Find("two")).Message.ShouldBe("There is no model 'two'; the catalogue has one.");

    [Fact]
    public void The_local_file_turns_models_off_and_adds_a_model_of_the_users_own()
    {
        var local = JsonNode.Parse(Sound)!.AsObject();
        local.Remove("labels");
        local["off"] = new JsonArray("one");
        local["models"]![0]!["id"] = "mine";
        local["models"]![0]!["labels"] = new JsonArray("helmet");
        local["models"]![0]!["source"] = JsonNode.Parse("""{ "type": "file", "path": "helmets.onnx" }""");
        File.WriteAllText(Path.Combine(_folder, "models.local.json"), local.ToJsonString());

        var catalogue = Load(Sound);

        catalogue.Find("one").IsOn.ShouldBeFalse();
        catalogue.Find("mine").Source.ShouldBe(new LocalModelSource("helmets.onnx", null));
        catalogue.Find("mine").Labels.ShouldBe(["helmet"]);
    }

    [Fact]
    public void The_repository_lists_every_job_and_keeps_models_off_whose_licence_asks_for_more()
    {
        var models = Repository.Catalogue.Models;

        models.Select(model => model.Job).Distinct().Count().ShouldBe(Enum.GetValues<ModelJob>().Length);
        models.Where(model => model.IsOn).ShouldAllBe(model => model.Licence.Kind == LicenceKind.Permissive);
        models.Where(model => model.IsFirst).Select(model => model.Id).ShouldBe(["ultraface"]);
        Repository.Catalogue.Find("nanodet").Labels.Count.ShouldBe(80);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ModelCatalogue Load(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "models.json"), json);
        return ModelCatalogue.Load(_folder);
    }
}
