using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace LiveFace.Architecture.Tests.Packages;

/// <summary>What the packages say of themselves.</summary>
public sealed class PackageTests(PackedPackages packages)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string, string[]> All => new()
    {
        { "LiveFace.WebRtc", [] },
        { "LiveFace.Media", [] },
        { "LiveFace.Vision", ["LiveFace.Media"] },
        { "LiveFace.Redaction", ["LiveFace.Media", "LiveFace.Vision"] },
        { "LiveFace.Client", [] },
    };

    [Theory, MemberData(nameof(All))]
    public async Task A_package_has_a_version_by_its_tag_a_licence_a_readme_and_its_siblings_of_that_version(string id, string[] siblings)
    {
        await using var zip = await ZipFile.OpenReadAsync(await packages.PathOfAsync(id), TestContext.Current.CancellationToken);
        var about = (await ReadAsync(zip, $"{id}.nuspec")).Root!.Elements().Single();
        string Of(string name) => about.Elements().Single(element => element.Name.LocalName == name).Value;
        Of("id").ShouldBe(id);
        Of("version").ShouldBe(PackedPackages.Version);
        Of("license").ShouldBe("Apache-2.0");
        Of("description").Length.ShouldBeGreaterThan(40);
        Of("readme").ShouldBe("README.md");
        using var readme = new StreamReader(await zip.GetEntry("README.md")!.OpenAsync(TestContext.Current.CancellationToken));
        (await readme.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain($"# {id}\n");
        zip.GetEntry($"lib/net10.0/{id}.xml").ShouldNotBeNull();

        var needs = about.Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
        needs.Where(one => one.Key.StartsWith("LiveFace", StringComparison.Ordinal))
            .ShouldBe(siblings.ToDictionary(name => name, _ => $"[{PackedPackages.Version}]"), ignoreOrder: true);
        needs.Keys.ShouldNotContain(name => name.Contains("Analyzer") || name == "MinVer");
    }

    [Theory, MemberData(nameof(All))]
    public async Task Its_symbols_lead_to_its_sources(string id, string[] _)
    {
        await using var zip = await ZipFile.OpenReadAsync(await packages.PathOfAsync(id, "snupkg"), TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await using (var file = await zip.GetEntry($"lib/net10.0/{id}.pdb")!.OpenAsync(TestContext.Current.CancellationToken))
            await file.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        bytes.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(bytes);
        var reader = provider.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(one => reader.GetGuid(one.Kind) == SourceLink);
        Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value)).ShouldContain($"example/liveface/{packages.Commit}/*");
    }

    private static async Task<XDocument> ReadAsync(ZipArchive zip, string name)
    {
        await using var file = await zip.GetEntry(name)!.OpenAsync(TestContext.Current.CancellationToken);
        return await XDocument.LoadAsync(file, LoadOptions.None, TestContext.Current.CancellationToken);
    }
}
