using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Models;

/// <summary>What the repository's catalogue says of its models, against the models themselves.</summary>
public sealed class CatalogueTruthTests
{
    public static TheoryData<string> Permissive => [.. Repository.Catalogue.Models.Where(model => model.IsOn).Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Permissive))]
    public async Task A_model_takes_the_input_that_the_catalogue_describes(string id)
    {
        var model = Repository.Catalogue.Find(id);
        using var session = new InferenceSession(await Repository.ModelAsync(id));
        var sizes = model.Input.Step == 0
            ? [(model.Input.Width, model.Input.Height)]
            : new[] { (model.Input.Width, model.Input.Height), (320 / model.Input.Step * model.Input.Step, 256), (model.Input.Step * 5, model.Input.Step * 3) };

        foreach (var (width, height) in sizes)
        {
            long[] shape = model.Input.Layout == TensorLayout.Nchw ? [1, model.Input.Channels, height, width] : [1, height, width, model.Input.Channels];
            using var input = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (product, side) => product * side)], shape);
            using var options = new RunOptions();

            using var outputs = session.Run(options, [model.Input.Name], [input], session.OutputNames);

            foreach (var output in outputs)
                output.GetTensorDataAsSpan<float>().ToArray().ShouldAllBe(value => float.IsFinite(value), $"{id} at {width}×{height}");
        }
    }

    [Fact]
    public void Each_net_of_our_own_is_the_file_that_the_catalogue_names()
    {
        var own = Repository.Catalogue.Models.Where(model => model.Source is LocalModelSource).ToList();
        own.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var model in own)
        {
            var source = (LocalModelSource)model.Source;
            source.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Root, "models", source.Path)))), model.Id);
        }
    }

    [Fact]
    public async Task A_model_of_any_size_sees_in_another_size_what_it_sees_in_its_own()
    {
        // coffee.png is 600×400; at its own shape the cup stands out more than squeezed into a square.
        using var session = new InferenceSession(await Repository.ModelAsync("nanodet"));
        var model = Repository.Catalogue.Find("nanodet");
        var picture = TestPicture.Read("/usr/lib/python3/dist-packages/skimage/data/coffee.png").Resize(512, 352);

        var outputs = OnePass.Run(session, [1, 3, 352, 512], picture.Planes([.. model.Input.Mean], [.. model.Input.Std], reverse: true));

        outputs["Identity"].Length.ShouldBe(64 * 44 * 80);
        var cup = model.Labels.Index().Single(label => label.Item == "cup").Index;
        new[] { "Identity", "Identity_1", "Identity_2" }.Max(name => outputs[name].Where((_, index) => index % 80 == cup).Max()).ShouldBeGreaterThan(0.6f);
    }

    [Fact]
    public async Task Timing_runs_the_model_as_often_as_asked()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("emotion"));

        using var timer = new ModelTimer(session, Repository.Catalogue.Find("emotion"), TimeProvider.System);
        for (var pass = 0; pass < 3; pass++)
            timer.Pass();

        timer.Passes.ShouldBe(3);
        timer.Least.ShouldBeGreaterThan(TimeSpan.Zero);
        timer.Median.ShouldBeGreaterThanOrEqualTo(timer.Least);
    }

    [Fact]
    public void The_schema_knows_every_word_that_the_reader_knows()
    {
        var schema = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "models.schema.json")))!;
        var model = schema["$defs"]!["model"]!["properties"]!;
        IEnumerable<string> Words(JsonNode? field) => field!["enum"]!.AsArray().Select(word => word!.GetValue<string>());

        Words(model["job"]).ShouldBe(Enum.GetValues<ModelJob>().Select(ModelWords.Of));
        Words(model["decoder"]).ShouldBe(Enum.GetValues<ModelDecoder>().Select(ModelWords.Of));
        Words(model["convert"]).ShouldBe(Enum.GetValues<ModelConversion>().Select(ModelWords.Of));
        Words(model["licence"]!["properties"]!["kind"]).ShouldBe(Enum.GetValues<LicenceKind>().Select(ModelWords.Of));
        Words(model["input"]!["properties"]!["resize"]).ShouldBe(Enum.GetValues<ResizeMode>().Select(ModelWords.Of));
        Words(model["input"]!["properties"]!["colour"]).ShouldBe(Enum.GetValues<ColourOrder>().Select(ModelWords.Of));
        Words(model["input"]!["properties"]!["layout"]).ShouldBe(Enum.GetValues<TensorLayout>().Select(ModelWords.Of));
        foreach (var entry in JsonNode.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "models.json")))!["models"]!.AsArray())
            foreach (var (field, _) in entry!.AsObject())
                model[field].ShouldNotBeNull($"'{field}' of {entry["id"]}");
    }
}
