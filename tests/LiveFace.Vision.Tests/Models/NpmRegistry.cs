using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LiveFace.Vision.Tests.Models;

/// <summary>A registry with one package of one version; a test may have it serve other bytes than it announces.</summary>
internal sealed class NpmRegistry : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private HttpListener _listener = new();

    public NpmRegistry()
    {
        Served = [.. Tarball];
        for (var tries = 0; ; tries++)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            free.Stop();
            _listener.Prefixes.Add(Address);
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (tries < 5)
            {
                _listener = new HttpListener();
            }
        }
        _serving = ServeAsync();
    }

    public byte[] Tarball { get; } = MakeTarball();

    public byte[] Served { get; set; }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
                var (status, body) = path switch
                {
                    "/@scope/name" => (200, System.Text.Encoding.UTF8.GetBytes(Document())),
                    "/name-1.2.3.tgz" => (200, Served),
                    _ => (404, "{}"u8.ToArray()),
                };
                context.Response.StatusCode = status;
                context.Response.ContentType = path.EndsWith(".tgz", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
                context.Response.Close(body, willBlock: false);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private string Document() => $$"""
        {
          "name": "@scope/name", "dist-tags": { "latest": "1.2.3" },
          "versions": { "1.2.3": { "name": "@scope/name", "version": "1.2.3", "dist": {
            "tarball": "{{Address}}name-1.2.3.tgz",
            "integrity": "sha512-{{Convert.ToBase64String(SHA512.HashData(Tarball))}}" } } }
        }
        """;

    private static byte[] MakeTarball()
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zipped))
        {
            Add(tar, "package/package.json", """{ "name": "@scope/name", "version": "1.2.3" }"""u8);
            Add(tar, "package/net/a.onnx", "whole"u8);
        }
        return memory.ToArray();
    }

    private static void Add(TarWriter tar, string name, ReadOnlySpan<byte> content)
    {
        using var data = new MemoryStream(content.ToArray());
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
    }
}
