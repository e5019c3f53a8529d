using LiveFace.Redaction.FailClosed;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Rooms.Tests;

/// <summary>The model's file goes away under a running server, and is not there when it starts the next time.</summary>
public sealed class ModelFileTests
{
    private static readonly Lazy<EncodedClip> Clip = new(() => new EncodedClip(new PortraitScene(), 30));

    [Fact]
    public async Task A_model_that_is_deleted_while_it_is_in_use_still_hides_in_old_rooms_and_new_ones_and_covers_after_a_restart()
    {
        using var models = await OwnModelFolder.MakeAsync();
        var server = new Server(models);
        await Eventually.IsAsync(() => server.Shelf.Find("faces", out _) == ShelfState.Ready);
        using (var before = await PipelineRig.StartAsync(shelf: server.Shelf))
        {
            await ShouldHideAsync(before, 0, 10);

            File.Delete(models.File);

            await ShouldHideAsync(before, 10, 20);
            using var after = await PipelineRig.StartAsync(shelf: server.Shelf);
            await ShouldHideAsync(after, 0, 10);
            before.Pipeline.Meter.Covered.ShouldBe(0);
            after.Pipeline.Meter.Covered.ShouldBe(0);
        }

        var restarted = new Server(models);
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
    public async Task A_model_that_stays_away_is_told_of_once_however_often_it_is_looked_for_and_is_taken_when_it_comes_back()
    {
        using var models = await OwnModelFolder.MakeAsync();
        var aside = models.File + ".aside";
        File.Move(models.File, aside);
        var server = new Server(models);
        for (var tries = 1; tries <= 3; tries++)
        {
            var before = server.Shelf.Tries;
            server.Shelf.Find("faces", out _).ShouldNotBe(ShelfState.Ready);
            await Eventually.IsAsync(() => server.Shelf.Tries > before);
            server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        server.Log.Lines.ShouldHaveSingleItem().ShouldContain("faces.onnx");

        File.Move(aside, models.File);
        await Eventually.IsAsync(() => server.Shelf.Find("faces", out _) == ShelfState.Ready && server.Shelf.Tries == 4);
        server.Log.Lines.Count.ShouldBe(2);
        server.Shelf.ProblemOf("faces").ShouldBeNull();
    }

    [Fact]
    public async Task A_model_that_is_deleted_before_anybody_asked_for_it_covers_the_room()
    {
        using var models = await OwnModelFolder.MakeAsync();
        var server = new Server(models);
        File.Delete(models.File);
        using var rig = await PipelineRig.StartAsync(shelf: server.Shelf);
        await ShouldHideAsync(rig, 0, 10);
        rig.Pipeline.Meter.Covered.ShouldBe(10);
    }

    private static async Task ShouldHideAsync(PipelineRig rig, int from, int to)
    {
        for (var i = from; i < to; i++)
            PipelineRig.FaceIn(await rig.PassAsync(Clip.Value, i), Clip.Value, i).ShouldBeLessThan(Likeness.Shown, $"frame {i}");
    }

    /// <summary>What a server has of models, for as long as the process runs: a room's look may end after the room.</summary>
    private sealed class Server
    {
        public Server(OwnModelFolder models)
        {
            var catalogue = ModelCatalogue.Load(models.Path);
            Shelf = new DetectorShelf(
                catalogue,
                new Detectors(catalogue, new InferenceSessions(
                    catalogue, new ModelPreparation(catalogue, TimeProvider.System), new InferenceOptions { Device = "cpu", Threads = 1 })),
                Clock, Log);
        }

        public ManualClock Clock { get; } = new();

        public ListedLog<DetectorShelf> Log { get; } = new();

        public DetectorShelf Shelf { get; }
    }
}
