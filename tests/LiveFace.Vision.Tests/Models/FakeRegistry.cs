using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>A registry with one package.</summary>
internal sealed class FakeRegistry(byte[] tarball) : IPackageFetcher
{
    public byte[] Tarball { get; set; } = tarball;

    public int Fetched { get; private set; }

    public ModelException? Fault { get; set; }

    public Action? OnFetch { get; set; }

    public async Task<string> FetchAsync(string specifier, string folder, CancellationToken cancel)
    {
        specifier.ShouldBe("@scope/name@1.2.3");
        Fetched++;
        var path = Path.Combine(folder, "scope-name-1.2.3.tgz");
        await File.WriteAllBytesAsync(path, Tarball, cancel);
        OnFetch?.Invoke();
        cancel.ThrowIfCancellationRequested();
        return Fault is null ? path : throw Fault;
    }
}
