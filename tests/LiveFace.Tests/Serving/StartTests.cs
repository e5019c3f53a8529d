using LiveFace.Access;
using LiveFace.Hosting;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Serving;

/// <summary>Settings that do not make sense are refused at start, by a sentence that names them.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("--Access:AllowedOrigins:0=https://a.example/", "Access:AllowedOrigins")]
    [InlineData("--Access:AllowedOrigins:0=*", "Access:AllowedOrigins")]
    [InlineData("--Access:Keys:0:Key=short", "Access:Keys:0:Key")]
    [InlineData("--Access:RequestsPerMinute=0", "Access:RequestsPerMinute")]
    [InlineData("--Access:TrustedProxies:0=proxy", "Access:TrustedProxies")]
    [InlineData("--Ice:Urls:0=http://x", "Ice:Urls")]
    [InlineData("--Ice:Urls:0=turn:t.example", "Ice:TurnSecret")]
    [InlineData("--Ice:CredentialMinutes=1", "Ice:CredentialMinutes")]
    [InlineData("--Media:Port=70000", "Media:Port")]
    [InlineData("--Media:Sandbox=perhaps", "Media:Sandbox")]
    [InlineData("--Media:PublicAddresses:0=faces.example", "Media:PublicAddresses")]
    [InlineData("--Telemetry:OtlpEndpoint=here", "Telemetry:OtlpEndpoint")]
    [InlineData("--Https:Certificate=/nowhere.pfx", "Https:Certificate")]
    [InlineData("--Inference:Device=tpu", "Inference:Device")]
    [InlineData("--Storage:Folder=/proc/nowhere", "Storage:Folder")]
    [InlineData("--Corrections:EncryptionKey=/proc/nowhere", "Corrections:EncryptionKey")]
    [InlineData("--Corrections:EncryptionKey=dG9vIHNob3J0", "Corrections:EncryptionKey")]
    [InlineData("--ForwardedHeaders_Enabled=true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    public async Task A_setting_that_does_not_make_sense_is_named(string setting, string name)
    {
        var failures = (await Should.ThrowAsync<OptionsValidationException>(async () =>
        {
            await using var server = await RunningServer.StartAsync(setting);
        })).Failures.ToArray();
        failures.ShouldContain(f => f.StartsWith(name, StringComparison.Ordinal), string.Join('\n', failures));
    }

    [Theory]
    [InlineData("--Listen=nonsense")]
    [InlineData("--Listen=http://faces.example:8080")]
    [InlineData("--Listen=http://localhost:99999")]
    [InlineData("--PORT=many")]
    public void An_address_that_cannot_be_listened_on_is_refused(string setting) =>
        Should.Throw<OptionsValidationException>(() => WebServer.Build([setting]));

    [Theory]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://127.0.0.1:8080;http://[::1]:8080", false)]
    [InlineData("http://*:8080", true)]
    [InlineData("http://0.0.0.0:8080", true)]
    [InlineData("http://localhost:8080;http://192.168.1.5:8080", true)]
    public void A_key_is_asked_for_as_soon_as_one_address_reaches_beyond_this_machine(string listen, bool required)
    {
        var addresses = listen.Split(';').Select(text =>
        {
            ListenAddress.TryParse(text, out var address).ShouldBeTrue();
            return address;
        }).ToArray();
        AccessMode.For(addresses, null).RequiresKey.ShouldBe(required);
        AccessMode.For(addresses, true).RequiresKey.ShouldBeTrue();
        if (required)
            Should.Throw<OptionsValidationException>(() => AccessMode.For(addresses, false));
        else
            AccessMode.For(addresses, null).ThisMachineOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task A_trusted_proxy_before_a_server_without_keys_is_refused_with_what_to_set()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(async () =>
        {
            await using var server = await RunningServer.StartAsync("--Access:TrustedProxies:0=10.0.0.1", "--Access:RequireKey=false");
        });
        refused.Failures.Single().ShouldStartWith("Access:RequireKey: cannot be false while Access:TrustedProxies");
    }

    [Fact]
    public async Task The_first_start_prints_a_link_whose_key_opens_the_server_and_the_second_does_not()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var mode = new AccessMode(RequiresKey: true, ThisMachineOnly: false);
        ListenAddress.TryParse("http://127.0.0.1:8080", out var address).ShouldBeTrue();

        using var first = new StringWriter();
        Welcome.Write(first, mode, server.Keys, [address], newKey: false);
        var key = first.ToString().Split("/#key=")[1].Trim();
        using var client = server.ClientWith(key);
        (await client.GetAsync("/api/keys", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();

        using var second = new StringWriter();
        Welcome.Write(second, mode, server.Keys, [address], newKey: false);
        second.ToString().ShouldNotContain("#key=");
        using var asked = new StringWriter();
        Welcome.Write(asked, mode, server.Keys, [address], newKey: true);
        asked.ToString().ShouldContain("#key=lf_");
    }
}
