using System.Text.RegularExpressions;
using LiveFace.Cli;
using LiveFace.Features.Jobs.State;
using LiveFace.Storage.Objects;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace LiveFace.Tests.Docs;

/// <summary>The compose files: YAML whose services, volumes, variables and settings are all there.</summary>
public sealed partial class ComposeFileTests
{
    /// <summary>The services that are this program, by their names in both files.</summary>
    private static readonly string[] Ours = ["liveface", "worker"];

    public static TheoryData<string> Files => ["compose.yaml", Path.Combine("deploy", "workers.yaml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_is_one_that_the_server_reads(string file)
    {
        var settings = 0;
        foreach (var (service, map) in OurServices(Read(file)))
            foreach (var name in Map(map, "environment").Keys.Cast<string>().Where(name => name.Contains("__", StringComparison.Ordinal)))
            {
                var parts = name.Split("__");
                SettingsTableTests.Sections.ShouldContainKey(parts[0], $"{file}: {service}: {name}");
                SettingsTableTests.Settings(SettingsTableTests.Sections[parts[0]]).ShouldContain(setting => setting.Name == parts[1], $"{file}: {service}: {name}");
                settings++;
            }

        settings.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Whatever_a_service_waits_for_or_mounts_is_in_the_file(string file)
    {
        var whole = Read(file);
        var (services, volumes) = (Map(whole, "services"), Map(whole, "volumes"));
        foreach (var (service, value) in services)
        {
            var map = (Dictionary<object, object>)value;
            foreach (var other in Names(map.GetValueOrDefault("depends_on")))
                services.ShouldContainKey(other, $"{file}: {service} waits for {other}");
            foreach (var mount in Names(map.GetValueOrDefault("volumes")).Where(mount => !mount.StartsWith('.') && !mount.StartsWith('/')))
                volumes.ShouldContainKey(mount.Split(':')[0], $"{file}: {service} mounts {mount}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_has_a_default_or_a_line_in_the_example(string file)
    {
        var named = File.ReadLines(Checkout.PathOf("deploy", "example.env")).Where(line => !line.StartsWith('#')).Select(line => line.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (Match variable in Variable().Matches(File.ReadAllText(Checkout.PathOf(file))))
            if (!variable.Groups["default"].Success)
                named.ShouldContain(variable.Groups["name"].Value, $"{file}: {variable.Value}");
    }

    [Fact]
    public void Server_and_workers_are_told_the_same_and_what_they_are_told_is_valid()
    {
        var services = OurServices(Read(Path.Combine("deploy", "workers.yaml"))).ToDictionary(one => one.Name, one => one.Service, StringComparer.Ordinal);
        services.Keys.ShouldBe(["liveface", "worker"]);
        ((List<object>)services["worker"]["command"]).ShouldBe([WorkCommand.Name]);
        var (server, worker) = (Map(services["liveface"], "environment"), Map(services["worker"], "environment"));
        foreach (var (name, value) in worker)
            server[name].ShouldBe(value, $"{name}");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(server.Select(one =>
            KeyValuePair.Create<string, string?>(((string)one.Key).Replace("__", ":", StringComparison.Ordinal), Filled((string)one.Value)))).Build();
        var (films, objects) = (new FilmsOptions(), new ObjectStoreOptions());
        configuration.GetSection(FilmsOptions.Section).Bind(films);
        configuration.GetSection(ObjectStoreOptions.Section).Bind(objects);
        new FilmsOptionsValidator().Validate(null, films).Failures.ShouldBeNull();
        new ObjectStoreOptionsValidator().Validate(null, objects).Failures.ShouldBeNull();
        (films.Workers, films.Database, objects.Bucket).ShouldBe((0, films.Database.ShouldNotBeNull(), objects.Bucket.ShouldNotBeNull()));
        LiveFace.Storage.Encryption.FileKey.TryRead(configuration["Storage:EncryptionKey"]!).ShouldNotBeNull();
    }

    /// <summary>A value as Compose makes it: 32 bytes stand for each variable without a default.</summary>
    private static string Filled(string value) =>
        Variable().Replace(value, variable => variable.Groups["default"] is { Success: true } known ? known.Value : Convert.ToBase64String(new byte[32]));

    private static Dictionary<object, object> Read(string file)
    {
        using var text = File.OpenText(Checkout.PathOf(file));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text)));
    }

    private static IEnumerable<(string Name, Dictionary<object, object> Service)> OurServices(Dictionary<object, object> file) => Map(file, "services")
        .Select(one => ((string)one.Key, (Dictionary<object, object>)one.Value))
        .Where(one => Ours.Contains(one.Item1, StringComparer.Ordinal));

    private static Dictionary<object, object> Map(Dictionary<object, object> of, string name) =>
        of.GetValueOrDefault(name) as Dictionary<object, object> ?? [];

    private static IEnumerable<string> Names(object? value) => value switch
    {
        List<object> list => list.OfType<string>(),
        Dictionary<object, object> map => map.Keys.Cast<string>(),
        _ => [],
    };

    [GeneratedRegex("(?<!\\$)\\$(\\{(?<name>[A-Z_]+)(:-(?<default>[^}]*)|:\\?[^}]*)?\\}|(?<name>[A-Z_]+))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
