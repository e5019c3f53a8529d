using System.Text.Json.Nodes;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Models;

public sealed class CatalogueTests : CatalogueTestBase
{
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
        models.Where(model => model.IsFirst).Select(model => model.Id).ShouldBe(["liveface-wide"]);
        Repository.Catalogue.Find("nanodet").Labels.Count.ShouldBe(80);
    }
}
