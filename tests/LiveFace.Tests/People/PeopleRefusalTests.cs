using System.Net;
using System.Text.Json;
using LiveFace.Tests.Corrections;
using LiveFace.Tests.Serving;
using LiveFace.Vision.Identity;

namespace LiveFace.Tests.People;

/// <summary>Who is not enrolled, and of whom nothing is kept.</summary>
public sealed class PeopleRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        PeopleCalls.Audit(server).ShouldBeEmpty();

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
        await (await PeopleCalls.WithdrawAsync(server.Client, first)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
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
}
