using System.Text.Json.Nodes;
using LiveFace.Redaction.FailClosed;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Tests.Serving;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFace.Tests.Rooms;

/// <summary>The model's file goes away under a running server, and is not there when it starts the next time.</summary>
public sealed class ModelFileTests : IDisposable
{
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), 30));

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-models-").FullName;

    private string ModelFile => Path.Combine(_folder, "models", "faces.onnx");

    [Fact]
    public async Task A_model_that_is_deleted_while_it_is_in_use_still_hides_in_old_rooms_and_new_ones_and_covers_after_a_restart()
    {
        await PutModelAsync();
        var server = new Server(_folder);
        await Eventually.IsAsync(() => server.Shelf.Find("faces", out _) == ShelfState.Ready);
        using (var before = await PipelineRig.StartAsync(shelf: server.Shelf))
        {
            await ShouldHideAsync(before, 0, 10);

            File.Delete(ModelFile);

            await ShouldHideAsync(before, 10, 20);
            using var after = await PipelineRig.StartAsync(shelf: server.Shelf);
            await ShouldHideAsync(after, 0, 10);
            before.Pipeline.Meter.Covered.ShouldBe(0);
            after.Pipeline.Meter.Covered.ShouldBe(0);
        }

        var restarted = new Server(_folder);
        await Eventually.IsAsync(() => restarted.Shelf.Find("faces", out _) == ShelfState.Missing);
        restarted.Shelf.ProblemOf("faces").ShouldNotBeNull().ShouldContain("faces.onnx");
        using var rig = await PipelineRig.StartAsync(shelf: restarted.Shelf);
        var covers = new List<CoverReason>();
        rig.LastShown = (in ShownPicture picture) => covers.Add(picture.Decision.Cover);
        await ShouldHideAsync(rig, 0, 10);
        await Eventually.IsAsync(() => covers.Count == 10);
        covers.ShouldAllBe(cover => cover == CoverReason.ModelMissing);
    }

    [Fact]
    public async Task A_model_that_is_deleted_before_anybody_asked_for_it_covers_the_room()
    {
        await PutModelAsync();
        var server = new Server(_folder);
        File.Delete(ModelFile);
        using var rig = await PipelineRig.StartAsync(shelf: server.Shelf);
        await ShouldHideAsync(rig, 0, 10);
        rig.Pipeline.Meter.Covered.ShouldBe(10);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task ShouldHideAsync(PipelineRig rig, int from, int to)
    {
        for (var i = from; i < to; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
    }

    /// <summary>The repository's face model as a file of the user's own, which nobody can fetch again.</summary>
    private async Task PutModelAsync()
    {
        await RealModels.FacesAsync();
        var models = RealModels.Catalogue.Folder;
        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        File.Copy(Path.Combine(models, "ultraface.onnx"), ModelFile);
        var catalogue = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(models, "models.json"), TestContext.Current.CancellationToken))!.AsObject();
        var model = catalogue["models"]!.AsArray().First(one => (string?)one!["id"] == "ultraface")!.DeepClone().AsObject();
        model["id"] = "faces";
        model["source"] = new JsonObject { ["type"] = "file", ["path"] = "faces.onnx" };
        model.Remove("convert");
        catalogue["models"] = new JsonArray(model);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "models", "models.json"), catalogue.ToJsonString(), TestContext.Current.CancellationToken);
    }

    /// <summary>What a server has of models, for as long as the process runs: a room's look may end after the room.</summary>
    private sealed class Server(string folder)
    {
        public DetectorShelf Shelf { get; } = Make(ModelCatalogue.Load(Path.Combine(folder, "models")));

        private static DetectorShelf Make(ModelCatalogue catalogue) => new(
            catalogue,
            new Detectors(catalogue, new InferenceSessions(
                catalogue, new ModelPreparation(catalogue, TimeProvider.System), new InferenceOptions { Device = "cpu", Threads = 1 })),
            TimeProvider.System, NullLogger<DetectorShelf>.Instance);
    }
}
