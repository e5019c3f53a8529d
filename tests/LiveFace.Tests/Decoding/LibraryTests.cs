using System.Diagnostics;
using LiveFace.Features.Decoding.Libraries;
using LiveFace.Features.Sessions;
using LiveFace.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Decoding;

/// <summary>Libraries that are older than is known to be safe are named at the start, with the repairs of the distribution.</summary>
public sealed class LibraryTests
{
    private static readonly string[] Versions =
    [
        "1.0~rc1-1", "1.0-1", "1.0-1+deb12u1", "1.0-1+deb12u10", "1.0-1.1", "1.0+dfsg-1", "1.0.1-1", "1.0a-1", "1.10-1", "3.0.18-1~deb12u2", "3.0.18-1", "2",
    ];

    [Fact]
    public async Task Versions_are_ordered_as_dpkg_orders_them()
    {
        foreach (var first in Versions)
            foreach (var second in Versions)
            {
                using var dpkg = Process.Start("dpkg", ["--compare-versions", first, "lt", second]);
                await dpkg.WaitForExitAsync(TestContext.Current.CancellationToken);
                (DebianVersion.Compare(first, second) < 0).ShouldBe(dpkg.ExitCode == 0, $"{first} < {second}");
            }
    }

    [Theory]
    [InlineData("libvpx7", "1.12.0-1+deb12u4", "CVE-2026-2447")]
    [InlineData("libvpx7", "1.12.0-1+deb12u5", null)]
    [InlineData("libvpx7", "1.12.0-1+deb12u11", null)]
    [InlineData("libvpx7", "1.11.0-2ubuntu2", "CVE-2024-5197")]
    [InlineData("libvpx9", "1.14.1-1", null)]
    [InlineData("libvpx-dev", "1.8.0-1", null)]
    public void Packages_are_held_against_the_bounds_of_their_release(string package, string version, string? flaw)
    {
        var found = KnownFlaws.Find([new InstalledPackage(package, "libvpx", version)], _ => null);
        if (flaw is null)
            found.ShouldBeEmpty();
        else
            found.ShouldHaveSingleItem().ShouldSatisfyAllConditions(said => said.ShouldContain(flaw), said => said.ShouldContain($"libvpx {version}"));
    }

    [Fact]
    public void A_library_of_no_package_is_asked_itself()
    {
        KnownFlaws.Find([], library => library == "libwebp" ? "1.3.1" : "99.0").ShouldHaveSingleItem().ShouldContain("CVE-2023-4863");
        foreach (var library in (string[])["libvpx", "OpenH264", "libwebp"])
            Version.TryParse(LibraryVersions.Find(library), out _).ShouldBeTrue(library);
    }

    [Fact]
    public void What_dpkg_has_installed_is_read()
    {
        var status = Path.GetTempFileName();
        File.WriteAllText(status,
            """
            Package: libvpx7
            Status: install ok installed
            Source: libvpx (1.12.0-1)
            Version: 1.12.0-1+deb12u5
            Description: codec
             Package: not one

            Package: gone
            Status: deinstall ok config-files
            Version: 1

            Package: openh264
            Status: install ok installed
            Version: 2.3.1
            """);
        InstalledPackages.Read(status).ShouldBe([new("libvpx7", "libvpx", "1.12.0-1+deb12u5"), new("openh264", "openh264", "2.3.1")]);
        File.Delete(status);
        InstalledPackages.Read(status).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("warn", false)]
    [InlineData("refuse", true)]
    public async Task A_server_with_an_old_library_says_so_or_does_not_start(string setting, bool refuses)
    {
        var watch = new LibraryWatch(Options.Create(new MediaOptions { OldLibraries = setting }), NullLogger<LibraryWatch>.Instance)
        {
            Found = ["libvpx 1.0 is older than 1.14.1."],
        };
        watch.Note().ShouldBe("libvpx 1.0 is older than 1.14.1.");
        var start = () => watch.StartAsync(CancellationToken.None);
        if (refuses)
            (await Should.ThrowAsync<OptionsValidationException>(start)).Message.ShouldContain("libvpx 1.0");
        else
            await start();
    }
}
