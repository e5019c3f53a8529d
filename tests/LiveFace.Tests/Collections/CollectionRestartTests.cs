using System.Runtime.InteropServices;
using LiveFace.Features.Collections.State;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Collections;

/// <summary>What is found after a restart, and what is not.</summary>
public sealed class CollectionRestartTests : CollectionTestBase
{
    [Theory]
    [InlineData("as it was")]
    [InlineData("killed")]
    [InlineData("damaged")]
    [InlineData("half")]
    [InlineData("gone")]
    public async Task All_is_found_again_after_a_restart_whatever_became_of_the_snapshot(string what)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        var server = await RunningServer.StartInAsync(data);
        await using (server)
        {
            await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":2}""");
            await PostAsync(server.Client, "/api/collections/shop/items", """{"items":[{"id":"a","vector":[1,0]},{"id":"b","vector":[0,1]},{"id":"c","vector":[-1,0]}]}""");
            var shelf = server.Services.GetRequiredService<CollectionShelf>();
            shelf.Snapshot();
            // What comes after the snapshot, and what goes.
            await PostAsync(server.Client, "/api/collections/shop/items", """{"items":[{"id":"d","vector":[0.9,0.1]}]}""");
            await server.Client.DeleteAsync("/api/collections/shop/items/a", Cancel);
            if (what is "as it was" or "damaged")
                shelf.Snapshot();
            Copy(data, Path.Combine(_folder, "after"));
        }

        var snapshot = Path.Combine(_folder, "after", "collections", "shop.usearch");
        var bytes = await File.ReadAllBytesAsync(snapshot, Cancel);
        if (what == "damaged")
            Turn(bytes);
        if (what == "half")
            bytes = bytes[..(bytes.Length / 2)];
        await File.WriteAllBytesAsync(snapshot, bytes, Cancel);
        if (what == "gone")
            File.Delete(snapshot);

        await using var again = await RunningServer.StartInAsync(Path.Combine(_folder, "after"));
        (await SearchAsync(again.Client, """{"vector":[1,0]}""")).ShouldBe(["d", "b", "c"]);
    }

    [Fact]
    public async Task What_a_killed_server_left_of_collections_that_are_gone_is_deleted()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        await using (var server = await RunningServer.StartInAsync(data))
        {
            await PutAsync(server.Client, "/api/collections/shop", """{"dimensions":2}""");
            await PostAsync(server.Client, "/api/collections/shop/items", """{"items":[{"id":"a","vector":[1,0]}]}""");
            server.Services.GetRequiredService<CollectionShelf>().Snapshot();
            Copy(data, Path.Combine(_folder, "after"));
        }

        var folder = Path.Combine(_folder, "after", "collections");
        File.Copy(Path.Combine(folder, "shop.usearch"), Path.Combine(folder, "old.usearch"));
        File.Copy(Path.Combine(folder, "shop.usearch"), Path.Combine(folder, "shop.usearch.part"));
        await using var again = await RunningServer.StartInAsync(Path.Combine(_folder, "after"));
        Directory.GetFiles(folder, "*.usearch*").ShouldBe([Path.Combine(folder, "shop.usearch")]);
        (await SearchAsync(again.Client, """{"vector":[1,0]}""")).ShouldBe(["a"]);
    }

    /// <summary>Turns the vector that points away round, so that it would be found first.</summary>
    private static void Turn(Span<byte> snapshot)
    {
        ReadOnlySpan<float> away = [-1, 0];
        var at = snapshot.IndexOf(MemoryMarshal.AsBytes(away));
        at.ShouldBeGreaterThan(0);
        snapshot[at + 3] ^= 0x80;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
