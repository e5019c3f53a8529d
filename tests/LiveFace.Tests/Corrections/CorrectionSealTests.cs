using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using LiveFace.Access;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Corrections;

/// <summary>With a key, pictures of corrections lie encrypted on the disk, and are read with that key alone.</summary>
public sealed class CorrectionSealTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-sealed-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_lies_encrypted_is_shown_to_reviewers_and_one_that_was_changed_is_not()
    {
        await using var server = await RunningServer.StartLockedAsync($"--Corrections:EncryptionKey={MakeKey()}");
        using var sender = server.ClientWith(server.MakeKey(Roles.Publish));
        using var reviewer = server.ClientWith(server.MakeKey(Roles.Admin | Roles.Review));
        var (first, second) = ((await CorrectionRig.KeepAsync(sender)).Id, (await CorrectionRig.KeepAsync(sender)).Id);

        server.Pictures().Length.ShouldBe(2);
        server.Pictures().ShouldAllBe(file => !IsPicture(File.ReadAllBytes(file)));
        IsPicture(await reviewer.GetByteArrayAsync($"/api/corrections/{first}/picture", Cancel)).ShouldBeTrue();

        // One in the other's place is not the other.
        File.Copy(server.Pictures().Single(file => file.Contains(first, StringComparison.Ordinal)), server.Pictures().Single(file => file.Contains(second, StringComparison.Ordinal)), overwrite: true);
        await (await reviewer.GetAsync($"/api/corrections/{second}/picture", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
    }

    [Theory]
    [InlineData("--Storage:EncryptionKey")]
    [InlineData("--Telemetry:JsonLogs")]
    public async Task A_picture_that_was_damaged_on_the_disk_is_left_out_of_an_export_by_name_and_costs_no_other(string setting)
    {
        var isSealed = setting.EndsWith("Key", StringComparison.Ordinal);
        await using var server = await RunningServer.StartAsync($"{setting}={(isSealed ? MakeKey() : "false")}");
        var (first, second) = ((await CorrectionRig.KeepAsync(server.Client)).Id, (await CorrectionRig.KeepAsync(server.Client)).Id);
        foreach (var id in (string[])[first, second])
            (await CorrectionRig.DecideAsync(server.Client, id, "accepted")).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Pictures().ShouldAllBe(file => IsPicture(File.ReadAllBytes(file)) != isSealed);
        var path = server.Pictures().Single(file => file.Contains(first, StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancel);

        await using var zip = new ZipArchive(await server.Client.GetStreamAsync("/api/corrections/export?format=coco", Cancel));

        zip.Entries.Select(entry => entry.Name).Where(name => name.EndsWith(".jpg", StringComparison.Ordinal)).ShouldBe([$"{second}.jpg"]);
        using var left = new StreamReader(await zip.GetEntry("left-out.txt").ShouldNotBeNull().OpenAsync(Cancel));
        (await left.ReadToEndAsync(Cancel)).ShouldEndWith($"{first}\n");
    }

    [Fact]
    public async Task Pictures_from_before_the_key_are_encrypted_at_the_start_and_another_key_or_none_is_refused()
    {
        string kept = Path.Combine(_folder, "kept"), key = Path.Combine(_folder, "key");
        await File.WriteAllTextAsync(key, MakeKey() + "\n", Cancel);
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        string[] Settings(string? with) => [$"--Corrections:Folder={kept}", .. with is null ? (string[])[] : [$"--Corrections:EncryptionKey={with}"]];
        string id;
        await using (var plain = await StartCopyAsync(data, Settings(null)))
        {
            id = (await CorrectionRig.KeepAsync(plain.Client)).Id;
            IsPicture(await File.ReadAllBytesAsync(Directory.GetFiles(kept).ShouldHaveSingleItem(), Cancel)).ShouldBeTrue();
            await plain.StopAsync();
            Save(plain.Folder(), data);
        }

        await using (var locked = await StartCopyAsync(data, Settings(key)))
        {
            IsPicture(await File.ReadAllBytesAsync(Directory.GetFiles(kept).ShouldHaveSingleItem(), Cancel)).ShouldBeFalse();
            IsPicture(await locked.Client.GetByteArrayAsync($"/api/corrections/{id}/picture", Cancel)).ShouldBeTrue();
        }

        foreach (var other in (string?[])[MakeKey(), null])
        {
            var refused = await Should.ThrowAsync<OptionsValidationException>(async () =>
            {
                await using var server = await StartCopyAsync(data, Settings(other));
            });
            refused.Failures.ShouldHaveSingleItem().ShouldStartWith("Corrections:EncryptionKey:");
            refused.Message.ShouldNotContain(other ?? "nothing");
        }

        Directory.GetFiles(kept).Length.ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string MakeKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static bool IsPicture(byte[] file) => file is [0xFF, 0xD8, ..];

    /// <summary>A server deletes its data folder when it ends, so each has a copy.</summary>
    private async Task<RunningServer> StartCopyAsync(string data, string[] settings)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        Save(data, copy);
        return await RunningServer.StartInAsync(copy, settings);
    }

    private static void Save(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
