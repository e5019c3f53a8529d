using System.Security.Cryptography;
using LiveFace.Storage.Objects;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>A bucket of a real S3.</summary>
public sealed class ObjectBucketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-bucket-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_go_in_and_come_out_as_they_were_and_what_is_deleted_is_gone()
    {
        await using var server = await S3Server.StartAsync();
        using var bucket = new ObjectBucket(server.Options);
        // One that goes in pieces, too.
        foreach (var (key, bytes) in (IEnumerable<(string, int)>)[("a/source", 300_000), ("a/f1/film.boxes.json", 10), ("b/source", 20 << 20)])
        {
            var file = RandomNumberGenerator.GetBytes(bytes);
            await File.WriteAllBytesAsync(Path.Combine(_folder, "in"), file, Cancel);
            await bucket.PutAsync(key, Path.Combine(_folder, "in"), Cancel);
            await bucket.GetAsync(key, Path.Combine(_folder, "out"), Cancel);
            (await File.ReadAllBytesAsync(Path.Combine(_folder, "out"), Cancel)).ShouldBe(file);
        }

        (await bucket.FoldersAsync(Cancel)).ShouldBe(["a", "b"], ignoreOrder: true);
        await bucket.DeleteAllAsync("a/f", Cancel);
        ObjectBucket.IsMissing(await Should.ThrowAsync<Exception>(() => bucket.GetAsync("a/f1/film.boxes.json", Path.Combine(_folder, "none"), Cancel))).ShouldBeTrue();
        await bucket.GetAsync("a/source", Path.Combine(_folder, "out"), Cancel);
        await bucket.DeleteAllAsync("a/", Cancel);
        (await bucket.FoldersAsync(Cancel)).ShouldBe(["b"]);
        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe(["in", "out"], ignoreOrder: true);

        await server.KillAsync();
        var away = await Should.ThrowAsync<Exception>(() => bucket.GetAsync("b/source", Path.Combine(_folder, "out"), Cancel));
        (ObjectBucket.IsFault(away), ObjectBucket.IsMissing(away)).ShouldBe((true, false), away.ToString());
    }

    [Fact]
    public void Settings_that_make_no_sense_are_named()
    {
        var result = new ObjectStoreOptionsValidator().Validate(null, new ObjectStoreOptions { Bucket = " ", Url = "films", AccessKey = "a" });
        result.Failures.ShouldNotBeNull().Select(failure => failure.Split(": ")[0]).ShouldBe(["ObjectStore:Bucket", "ObjectStore:Url", "ObjectStore:SecretKey"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
