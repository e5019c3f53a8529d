using LiveFace.Client;
using LiveFace.Client.Messages;

namespace LiveFace.Samples;

/// <summary>Hides persons in a room, and the faces of a picture: <c>SERVER PICTURE.jpg ROOM [KEY]</c>.</summary>
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
}
