using System.Net;
using System.Text;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Features.People;
using LiveFace.Features.People.State;
using LiveFace.Storage;
using LiveFace.Telemetry;
using LiveFace.Tests.Access;
using LiveFace.Tests.Corrections;
using LiveFace.Tests.Serving;
using LiveFace.Vision.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.People;

/// <summary>Who may enrol people, who may name them, and what a server that starts again, or has lost its key, makes of them.</summary>
public sealed class PeopleRightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-people-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_controls_a_room_names_people_who_agreed_to_it_and_a_link_names_nobody()
    {
        await using var server = await RunningServer.StartLockedAsync(PeopleRig.Key);
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        await PeopleRig.AddAsync(admin, "ada", """{"consent":true,"days":30,"rooms":"standup.*"}""");
        var key = server.MakeKey(Roles.View | Roles.Publish | Roles.Control, "*");
        using var host = server.ClientWith(key);
        using var link = server.ClientWith(await KeySteps.ShareAsync(server, key, "standup.me", "view", "control"));
        using var other = server.ClientWith(server.MakeKey(Roles.Control, "elsewhere"));
        var naming = PeopleRig.PolicyNaming("ada");

        (await PeopleRig.PutPolicyAsync(host, "standup.me", naming)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PeopleRig.PutPolicyAsync(host, "standup.me", naming)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.AuditLines().Count(line => line.GetProperty("what").GetString() == "people-named").ShouldBe(1, "it stood already");
        await (await PeopleRig.PutPolicyAsync(host, "elsewhere", naming)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "policy-invalid");
        await (await PeopleRig.PutPolicyAsync(host, "standup.me", PeopleRig.PolicyNaming("eve"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "policy-invalid");
        await (await PeopleRig.PutPolicyAsync(link, "standup.me", naming)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        (await PeopleRig.PutPolicyAsync(link, "standup.me", PeopleRig.PolicyNaming())).StatusCode.ShouldBe(HttpStatusCode.OK, "hiding them again is for everybody");

        (await host.GetStringAsync("/api/rooms/standup.me/people", Cancel)).ShouldContain("ada");
        (await host.GetStringAsync("/api/rooms/elsewhere/people", Cancel)).ShouldBe("[]");
        await (await host.GetAsync("/api/people", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await (await other.GetAsync("/api/rooms/standup.me/people", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        (await link.GetStringAsync("/api/rooms/standup.me/people", Cancel)).ShouldBe("[]");
        await (await PeopleRig.EnrolAsync(host, "bob")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await (await host.DeleteAsync("/api/people/ada", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        (await admin.DeleteAsync("/api/people/ada", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await admin.DeleteAsync("/api/people/ada", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_publisher_names_nobody_by_the_headers_of_an_offer_without_control()
    {
        await using var server = await RunningServer.StartLockedAsync(PeopleRig.Key);
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        await PeopleRig.AddAsync(admin, "ada");
        using var publisher = server.ClientWith(server.MakeKey(Roles.Publish));
        using var offer = new HttpRequestMessage(HttpMethod.Post, "/whip/a") { Content = new StringContent("v=0\r\n", Encoding.ASCII, "application/sdp") };
        offer.Headers.TryAddWithoutValidation("LiveFace-Policy", PeopleRig.PolicyNaming("ada"));
        var problem = await (await publisher.SendAsync(offer, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        problem.GetProperty("detail").GetString()!.ShouldContain("control");
    }

    [Fact]
    public async Task People_outlast_a_restart_and_are_hidden_where_the_key_is_another_or_none()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        await using (var server = await RunningServer.StartInAsync(Copy(data), PeopleRig.Key))
        {
            await PeopleRig.AddAsync(server.Client, "ada");
            await server.StopAsync();
            Save(server.Folder(), data);
        }

        await using (var again = await RunningServer.StartInAsync(Copy(data), PeopleRig.Key))
        {
            Find(again).ShouldNotBeNull();
            (await StateAsync(again)).ShouldBe("ready");
        }

        foreach (var settings in (string[][])[["--Storage:EncryptionKey=" + Convert.ToBase64String(new byte[32])], []])
        {
            await using var lost = await RunningServer.StartInAsync(Copy(data), settings);
            Find(lost).ShouldBeNull();
            (await StateAsync(lost)).ShouldBe("unreadable");
            // They are still there to be withdrawn.
            (await lost.Client.DeleteAsync("/api/people/ada", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            lost.Rows("people").ShouldBe(0);
        }
    }

    [Fact]
    public async Task When_their_time_is_over_they_are_hidden_at_once_and_deleted_soon()
    {
        await using var server = await RunningServer.StartLockedAsync(PeopleRig.Key);
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        await PeopleRig.AddAsync(admin, "ada", """{"consent":true,"days":1}""");
        var services = server.Services;
        var clock = new ManualClock();
        clock.Advance(TimeProvider.System.GetUtcNow() - clock.GetUtcNow());
        var people = new PeopleRegistry(
            services.GetRequiredService<StoredPeople>(), services.GetRequiredService<PersonSeal>(), services.GetRequiredService<OwedWrites>(),
            services.GetRequiredService<StoreFreshness>(), clock,
            services.GetRequiredService<IOptions<PeopleOptions>>());
        var keeper = new PeopleKeeper(
            people, services.GetRequiredService<AuditLog>(), services.GetRequiredService<LoopSupervisor>(), clock, NullLogger<PeopleKeeper>.Instance);

        keeper.Sweep();
        people.Find("ada", "a").ShouldNotBeNull();
        clock.Advance(TimeSpan.FromDays(1));
        people.Find("ada", "a").ShouldBeNull();
        people.All.ShouldBeEmpty();
        server.Rows("people").ShouldBe(1);
        keeper.Sweep();
        server.Rows("people").ShouldBe(0);
        server.AuditLines().Last().GetProperty("what").GetString().ShouldBe("person-expired");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FaceTemplate? Find(RunningServer server) => server.Services.GetRequiredService<IEnrolledPeople>().Find("ada", "a");

    private static async Task<string?> StateAsync(RunningServer server) => JsonDocument.Parse(await server.Client.GetStringAsync("/api/people", Cancel))
        .RootElement[0].GetProperty("state").GetString();

    private string Copy(string data)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        Save(data, copy);
        return copy;
    }

    private static void Save(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
