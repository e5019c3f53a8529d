using System.Net;
using System.Text;
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
        using (var answer = await WithdrawAsync(server.Client, secret))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        registry.Find("ada", "standup.me").ShouldBeNull();
        held.ToBytes().ShouldAllBe(one => one == 0, "whoever still holds it holds nothing");
        bare.ShouldContain(one => one != 0);
        server.Rows("people").ShouldBe(0);
        server.DatabaseHolds("standup.*").ShouldBeFalse();
        (await server.Client.GetStringAsync("/api/people", Cancel)).ShouldBe("[]");
        await (await WithdrawAsync(server.Client, secret)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        Audit(server).ShouldBe(["person-enrolled ada", "person-withdrawn ada"]);
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

    [Fact]
    public async Task Without_a_key_to_encrypt_with_nobody_is_enrolled()
    {
        await using var server = await RunningServer.StartAsync();
        var problem = await (await PeopleRig.EnrolAsync(server.Client, "ada")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        problem.GetProperty("detail").GetString()!.ShouldContain("Storage:EncryptionKey");
        server.Rows("people").ShouldBe(0);
    }

    [Fact]
    public async Task Orders_and_pictures_that_do_not_do_are_refused_and_nothing_is_kept()
    {
        await using var server = await RunningServer.StartAsync(PeopleRig.Key);
        foreach (var (order, field) in ((string, string)[])
            [("""{"days":30}""", "person.consent"), ("""{"consent":false,"days":30}""", "person.consent"), ("""{"consent":true}""", "person.days"),
                ("""{"consent":true,"days":4000}""", "person.days"), ("""{"consent":true,"days":30,"rooms":"a b"}""", "person.rooms"), ("[]", "person")])
            (await (await PeopleRig.EnrolAsync(server.Client, "ada", order)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid"))
                .GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(order);
        // Small, so that what is refused before it has come whole was sent whole.
        var small = TestPng.Of(8, 8, 0x204060FF);
        await Refused("../x", "id", [small, small, small]);
        await Refused("Ada", "id", [small, small, small]);
        await Refused("ada", "picture", PeopleRig.Pictures[..2]);
        await Refused("ada", "picture[2]", [PeopleRig.Pictures[0], PeopleRig.Pictures[1], PeopleRig.Pictures[0]]);
        await Refused("ada", "picture[1]", [PeopleRig.Pictures[0], TestPng.Of(300, 300, 0x204060FF), PeopleRig.Pictures[1]]);
        await Refused("ada", "form", [.. Enumerable.Repeat(small, FaceEnrolment.Most + 1)]);
        server.Rows("people").ShouldBe(0);
        Audit(server).ShouldBeEmpty();

        async Task Refused(string id, string field, IEnumerable<byte[]>? pictures = null) =>
            (await (await PeopleRig.EnrolAsync(server.Client, Uri.EscapeDataString(id), pictures: pictures)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid"))
                .GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue($"{id} {field}");
    }

    [Fact]
    public async Task As_many_as_may_be_are_enrolled_and_somebody_anew_is_no_one_more()
    {
        await using var server = await RunningServer.StartAsync(PeopleRig.Key, "--People:Most=1");
        var first = await PeopleRig.AddAsync(server.Client, "ada");
        await (await PeopleRig.EnrolAsync(server.Client, "bob")).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        (await PeopleRig.AddAsync(server.Client, "ada")).ShouldNotBe(first);
        await (await WithdrawAsync(server.Client, first)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task No_call_takes_a_face_and_gives_a_person()
    {
        await using var server = await RunningServer.StartAsync();
        var document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json", Cancel)).RootElement;
        var calls = document.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api/people", StringComparison.Ordinal) || path.Name.EndsWith("/people", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name}"));
        calls.ShouldBe(["get /api/people", "get /api/rooms/{room}/people", "put /api/people/{id}", "delete /api/people/{id}", "post /api/people/withdraw"], ignoreOrder: true);
        // Nor does what asks for one person have a way from a face to an id.
        typeof(IEnrolledPeople).GetMethods().ShouldHaveSingleItem().GetParameters().ShouldAllBe(one => one.ParameterType == typeof(string));
    }

    private static string[] Audit(RunningServer server) => [.. server.AuditLines()
        .Where(line => line.GetProperty("what").GetString()!.StartsWith("person-", StringComparison.Ordinal))
        .Select(line => $"{line.GetProperty("what").GetString()} {line.GetProperty("person").GetString()}")];

    private static Task<HttpResponseMessage> WithdrawAsync(HttpClient client, string secret) =>
        client.PostAsync("/api/people/withdraw", new StringContent(JsonSerializer.Serialize(new { secret }), Encoding.UTF8, "application/json"), Cancel);

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        await file.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    private static int IndexOf(byte[] all, byte[] part) => all.AsSpan().IndexOf(part);
}
