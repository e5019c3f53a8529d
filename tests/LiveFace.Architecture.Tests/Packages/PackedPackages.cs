using System.Diagnostics;
using LiveFace.Architecture.Tests.Packages;

[assembly: AssemblyFixture(typeof(PackedPackages))]

namespace LiveFace.Architecture.Tests.Packages;

/// <summary>
/// The packages as <c>make pack</c> makes them of this tree, out of a copy that has a version's tag and an origin, and projects that
/// know nothing of the checkout but these packages.
/// </summary>
public sealed class PackedPackages : IDisposable
{
    public const string Version = "7.8.9";

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-packages-").FullName;
    private readonly Lazy<Task> _packed;

    public PackedPackages() => _packed = new Lazy<Task>(PackAsync);

    public string Commit { get; private set; } = "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The path of a package, which is made with the others when the first one is asked for.</summary>
    public async Task<string> PathOfAsync(string id, string extension = "nupkg")
    {
        await _packed.Value;
        return Path.Combine(_folder, "feed", $"{id}.{Version}.{extension}");
    }

    /// <summary>Builds the C# files of a sample against a package, as somebody would who has nothing else; says where it lies.</summary>
    public async Task<string> BuildAsync(string sample, string id, string sdk = "Microsoft.NET.Sdk")
    {
        await _packed.Value;
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "uses", sample)).FullName;
        foreach (var file in Directory.EnumerateFiles(Checkout.PathOf("samples", sample), "*.cs"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(folder, "Use.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{id}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        await RunAsync(folder, "dotnet", "build", "-c", "Release", "-o", "out", "--nologo", "-v", "quiet");
        return Path.Combine(folder, "out", "Use");
    }

    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}{await error}");
        return output;
    }

    private async Task PackAsync()
    {
        var copy = Path.Combine(_folder, "copy");
        var list = await RunAsync(Checkout.Root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--",
            "src", "scripts/pack.sh", "Directory.*", "global.json", "BannedSymbols.txt", ".editorconfig", ".gitignore");
        foreach (var file in list.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(Checkout.PathOf(name))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.Copy(Checkout.PathOf(file), Path.Combine(copy, file));
        }

        await RunAsync(copy, "git", "init", "--quiet");
        await RunAsync(copy, "git", "add", ".");
        await RunAsync(copy, "git", "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "-m", "all: pack");
        await RunAsync(copy, "git", "tag", $"v{Version}");
        await RunAsync(copy, "git", "remote", "add", "origin", "https://github.com/example/liveface");
        Commit = (await RunAsync(copy, "git", "rev-parse", "HEAD")).Trim();
        await RunAsync(copy, "bash", "scripts/pack.sh", "Release", Path.Combine(_folder, "feed"));

        // Packages of this version are seen by these projects alone; all others come from where they always come from.
        var others = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(Path.Combine(_folder, "uses"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "uses", "NuGet.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_folder}/restored" /></config>
              <fallbackPackageFolders><add key="others" value="{others}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{_folder}/feed" /></packageSources>
            </configuration>
            """);
    }
}
