using LiveFace.Client;
using LiveFace.Client.Messages;

namespace LiveFace.Samples;

/// <summary>The C# of docs/reference/examples.md: a test compares each with the page, and runs it.</summary>
public sealed class Examples(LiveFaceClient client, string picture, string folder, string room, TextWriter output)
{
    public async Task DetectAsync()
    {
        await using var file = File.OpenRead(picture);
        var found = await client.Pictures.DetectAsync(file, "image/png", new DetectOptions { IsQuick = true });
        foreach (var one in found.Objects)
            await output.WriteLineAsync($"{one.Class} {one.Score:0.00} at {one.Box.X:0.00}, {one.Box.Y:0.00}");
    }

    public async Task RedactAsync()
    {
        await using var file = File.OpenRead(picture);
        var safe = await client.Pictures.RedactAsync(file, "image/png", preset: "blur-faces");
        await File.WriteAllBytesAsync(Path.Combine(folder, "safe.png"), safe.File);
        await output.WriteLineAsync($"{safe.Found} hidden");
    }

    public async Task CropAsync()
    {
        await using var file = File.OpenRead(picture);
        var crop = await client.Pictures.CropAsync(file, "image/png");
        await output.WriteLineAsync($"{crop.Class ?? crop.By} at {crop.Box}, certainty {crop.Certainty:0.00}");
    }

    public async Task JobsAsync()
    {
        await using var file = File.OpenRead(picture);
        var job = await client.Jobs.UploadAsync(file, new JobOptions { Name = "picture.png", Preset = "blur-faces" });
        await foreach (var now in client.Jobs.WatchAsync(job.Id))
            await output.WriteLineAsync($"{now.State} {now.Stage} {now.Pictures} of {now.Total}");
        await using (var result = await client.Jobs.ResultAsync(job.Id))
        await using (var safe = File.Create(Path.Combine(folder, "job.png")))
            await result.Content.CopyToAsync(safe);
        await client.Jobs.DeleteAsync(job.Id);
    }

    public async Task PolicyAsync()
    {
        var policy = await client.GetPolicyAsync(room);
        var set = await client.SetPolicyAsync(room, new RoomPolicy { Preset = "hide-persons" }, onlyIf: policy.Version);
        await output.WriteLineAsync($"{room} is at version {set.Version}: {set.Preset}");
    }
}
