using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Models;

public sealed class ModelsForFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    [Fact]
    public void A_job_means_one_model_in_rooms_and_another_at_files()
    {
        var catalogue = Load(Model("quick"), Model("thorough", "\"files\": true, "));

        catalogue.ForPolicy("faces")!.Id.ShouldBe("quick");
        catalogue.ForFiles("faces")!.Id.ShouldBe("thorough");
        catalogue.ForPolicy("thorough")!.Id.ShouldBe("thorough", "who names a model gets it");
        catalogue.ForFiles("quick")!.Id.ShouldBe("quick");
    }

    [Fact]
    public void Without_a_model_for_files_that_is_on_the_rooms_one_looks_at_them()
    {
        Load(Model("quick")).ForFiles("faces")!.Id.ShouldBe("quick");
        Load(Model("quick"), Model("thorough", "\"files\": true, ", on: "false")).ForFiles("faces")!.Id.ShouldBe("quick");
    }

    [Fact]
    public void Models_that_look_beside_another_are_those_of_its_list_that_are_on()
    {
        var catalogue = Load(Model("one", "\"beside\": [\"three\", \"two\"], "), Model("two"), Model("three"), Model("four"));
        catalogue.BesideOf(catalogue.Find("one")).Select(model => model.Id).ShouldBe(["three", "two"]);

        catalogue = Load(Model("one", "\"beside\": [\"three\", \"two\"], "), Model("two", on: "false"), Model("three"));
        catalogue.BesideOf(catalogue.Find("one")).Select(model => model.Id).ShouldBe(["three"]);
        catalogue.BesideOf(catalogue.Find("three")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("one")]
    [InlineData("nobody")]
    [InlineData("cats")]
    public void A_model_that_cannot_look_beside_another_is_refused(string beside)
    {
        var wrong = Should.Throw<ModelException>(() => Load(
            Model("one", $"\"beside\": [\"{beside}\"], "), Model("cats").Replace("\"faces\"", "\"objects\"", StringComparison.Ordinal)));
        wrong.Message.ShouldContain($"Model 'one': 'beside' names '{beside}'");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ModelCatalogue Load(params string[] models)
    {
        File.WriteAllText(Path.Combine(_folder, ModelCatalogue.FileName), $$"""{ "models": [{{string.Join(",", models)}}] }""");
        return ModelCatalogue.Load(_folder);
    }

    private static string Model(string id, string more = "", string on = "true") => $$"""
        {
          "id": "{{id}}", "job": "faces", {{more}}"on": {{on}}, "source": { "type": "file", "path": "{{id}}.onnx" },
          "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" }, "decoder": "facecells",
          "input": { "name": "input", "layout": "nchw", "width": 640, "height": 480, "step": 32, "colour": "rgb", "resize": "stretch", "mean": [0], "std": [255] },
          "labels": ["face"], "thresholds": { "score": 0.5, "overlap": 0.4 }
        }
        """;
}
