using LiveFace.Client;
using LiveFace.Client.Messages;

namespace LiveFace.Samples;

/// <summary>Hides the faces of a picture, at once and as a job, and persons in a room: <c>SERVER PICTURE.jpg ROOM [KEY]</c>.</summary>
public static class Sample
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        if (args is not [var server, var picture, var room, ..])
        {
            await output.WriteLineAsync("usage: SERVER PICTURE.jpg ROOM [KEY]");
            return 2;
        }

        using var client = new LiveFaceClient(new Uri(server), args.Length > 3 ? args[3] : null);
        var type = Path.GetExtension(picture) == ".png" ? "image/png" : "image/jpeg";
        try
        {
            await using (var file = File.OpenRead(picture))
            {
                var found = await client.Pictures.DetectAsync(file, type, new DetectOptions { IsQuick = true });
                foreach (var one in found.Objects.Where(one => one.Hidden))
                    await output.WriteLineAsync($"{one.Class} {one.Score:0.00} would be hidden");
            }

            await using (var file = File.OpenRead(picture))
            {
                var safe = await client.Pictures.RedactAsync(file, type);
                await File.WriteAllBytesAsync(Path.ChangeExtension(picture, ".safe" + Path.GetExtension(picture)), safe.File);
            }

            await RedactAsJobAsync(client, picture, output);

            await using var hub = await client.ConnectAsync();
            var changed = new TaskCompletionSource<PolicyChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.PolicyChanged = told => changed.TrySetResult(told);
            var joined = await hub.JoinAsync(room);
            await client.SetPolicyAsync(room, new RoomPolicy { Preset = "hide-persons" }, joined.Policy.Version);
            await output.WriteLineAsync($"{room}: {(await changed.Task).Policy.Preset}");
            return 0;
        }
        catch (LiveFaceException refused)
        {
            await output.WriteLineAsync($"{refused.Code}: {refused.Message}");
            return 1;
        }
    }

    /// <summary>For films, and for whatever may take longer than somebody waits: the server keeps it until it is taken away.</summary>
    private static async Task RedactAsJobAsync(LiveFaceClient client, string path, TextWriter output)
    {
        await using var file = File.OpenRead(path);
        var job = await client.Jobs.UploadAsync(file, new JobOptions { Name = Path.GetFileName(path) });
        await foreach (var now in client.Jobs.WatchAsync(job.Id))
        {
            job = now;
            await output.WriteLineAsync($"{now.Name}: {now.State}, {now.Result?.Pictures ?? now.Pictures} pictures");
        }

        if (job.Problem is { } problem)
            throw new LiveFaceException("job-failed", problem);
        await using (var result = await client.Jobs.ResultAsync(job.Id))
        await using (var safe = File.Create(Path.Combine(Path.GetDirectoryName(path)!, result.Name!)))
            await result.Content.CopyToAsync(safe);
        await client.Jobs.DeleteAsync(job.Id);
    }
}
