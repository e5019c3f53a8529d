using System.Net;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Features.People.State;
using LiveFace.Storage;
using LiveFace.Tests.Corrections;
using LiveFace.Tests.Serving;
using LiveFace.Vision.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.People;

/// <summary>People who agreed to be left alone, over HTTP, by real models.</summary>
public sealed class PeopleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_enrolled_listed_without_a_face_and_forgotten_by_their_link()
    {
        await using var server = await RunningServer.StartAsync(PeopleRig.Key);
        var secret = await PeopleRig.AddAsync(server.Client, "ada", """{"consent":true,"days":30,"rooms":"standup.*"}""");

        var text = await server.Client.GetStringAsync("/api/people", Cancel);
        var listed = JsonDocument.Parse(text).RootElement.EnumerateArray().ShouldHaveSingleItem();
        listed.EnumerateObject().Select(one => one.Name).ShouldBe(["id", "created", "expires", "rooms", "state"]);
        (listed.GetProperty("expires").GetDateTimeOffset() - listed.GetProperty("created").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(30));
        listed.GetProperty("state").GetString().ShouldBe("ready");
        var registry = server.Services.GetRequiredService<IEnrolledPeople>();
        registry.Find("ada", "standup.me").ShouldNotBeNull();
        registry.Find("ada", "elsewhere").ShouldBeNull("they agreed to other rooms");

        var held = registry.Find("ada", "standup.me")!;
        var bare = held.ToBytes();
        using (var answer = await PeopleCalls.WithdrawAsync(server.Client, secret))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        registry.Find("ada", "standup.me").ShouldBeNull();
        held.ToBytes().ShouldAllBe(one => one == 0, "whoever still holds it holds nothing");
        bare.ShouldContain(one => one != 0);
        server.Rows("people").ShouldBe(0);
        server.DatabaseHolds("standup.*").ShouldBeFalse();
        (await server.Client.GetStringAsync("/api/people", Cancel)).ShouldBe("[]");
        await (await PeopleCalls.WithdrawAsync(server.Client, secret)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        PeopleCalls.Audit(server).ShouldBe(["person-enrolled ada", "person-withdrawn ada"]);
    }

    [Fact]
    public async Task What_is_kept_is_encrypted_and_opens_for_no_other_person_room_or_time()
    {
        await using var server = await RunningServer.StartAsync(PeopleRig.Key);
        await PeopleRig.AddAsync(server.Client, "ada");
        var bare = server.Services.GetRequiredService<PeopleRegistry>().Find("ada", "x")!.ToBytes();
        foreach (var file in Directory.GetFiles(server.Folder(), "*", SearchOption.AllDirectories))
            IndexOf(await ReadAsync(file), bare[..16]).ShouldBe(-1, file);

        var stored = server.Services.GetRequiredService<StoredPeople>().All.ShouldHaveSingleItem();
        var seal = server.Services.GetRequiredService<PersonSeal>();
        RoomPattern.TryParse("*", out var all).ShouldBeTrue();
        RoomPattern.TryParse("a", out var one).ShouldBeTrue();
        var record = new PersonRecord("ada", stored.Created, stored.Expires, all, stored.Pictures);
        seal.TryOpen(record, stored).ShouldNotBeNull();
        seal.TryOpen(record with { Id = "eve" }, stored).ShouldBeNull();
        seal.TryOpen(record with { Expires = stored.Expires.AddDays(300) }, stored).ShouldBeNull();
        seal.TryOpen(record with { Rooms = one }, stored).ShouldBeNull();
        var damaged = stored.Template.ToArray();
        damaged[^1] ^= 1;
        seal.TryOpen(record, stored with { Template = damaged }).ShouldBeNull();
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        await file.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    private static int IndexOf(byte[] all, byte[] part) => all.AsSpan().IndexOf(part);
}
