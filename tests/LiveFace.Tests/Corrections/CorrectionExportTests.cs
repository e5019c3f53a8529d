using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Corrections;

/// <summary>What was accepted, as a set to train with: read back by its readers.</summary>
public sealed class CorrectionExportTests
{
    private const int Sent = 24;

    /// <summary>How many pictures and faces gather.py would take.</summary>
    private const string GatherSet = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from sets import boxes_of, files_of
        files = files_of(sys.argv[2], "corrections")
        print(len(files), "pictures,", sum(len(boxes_of("corrections", file, 64, 48)) for file in files), "faces")
        """;

    private static readonly string Reader = Checkout.PathOf("training", "faces", "corrections.py");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_accepted_comes_as_coco_and_yolo_with_the_same_split_each_time()
    {
        await using var server = await RunningServer.StartAsync();
        await (await server.Client.GetAsync("/api/corrections/export?format=coco", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        var ids = await SendAsync(server);
        var first = await ExportAsync(server, "coco");
        var again = await ExportAsync(server, "coco");
        var yolo = await ExportAsync(server, "yolo");
        await (await server.Client.GetAsync("/api/corrections/export?format=voc", Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        // One was left waiting, one was rejected.
        string[] accepted = [.. ids.Skip(2).Order(StringComparer.Ordinal)];
        var parts = Parts(first);
        parts.Keys.Order(StringComparer.Ordinal).ShouldBe(accepted);
        Parts(again).ShouldBe(parts, ignoreOrder: true);
        Parts(yolo, "images/").ShouldBe(parts, ignoreOrder: true);
        parts.Values.Count(part => part == "train").ShouldBeGreaterThan(parts.Count / 2);
        parts.Values.ShouldContain("validation");

        foreach (var part in (string[])["train", "validation"])
        {
            using var coco = JsonDocument.Parse(first[$"annotations/{part}.json"]);
            var images = coco.RootElement.GetProperty("images").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetInt32(), one => one.GetProperty("file_name").GetString()![..^4]);
            images.Values.Order(StringComparer.Ordinal).ShouldBe(accepted.Where(id => parts[id] == part));
            coco.RootElement.GetProperty("categories").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ShouldBe(["face", "licence plate"]);
            foreach (var one in coco.RootElement.GetProperty("annotations").EnumerateArray().Where(one => one.GetProperty("by").GetString() == "hand"))
            {
                one.GetProperty("bbox").EnumerateArray().Select(side => side.GetDouble()).ShouldBe([6.4, 38.4, 12.8, 4.8]);
                one.GetProperty("category_id").GetInt32().ShouldBe(2);
                yolo[$"labels/{part}/{images[one.GetProperty("image_id").GetInt32()]}.txt"].ShouldContain("1 0.200000 0.850000 0.200000 0.100000\n");
            }

            coco.RootElement.GetProperty("annotations").GetArrayLength().ShouldBe(2 * images.Count);
            coco.RootElement.GetProperty("not_there").GetArrayLength().ShouldBe(images.Count);
        }

        yolo["data.yaml"].ShouldContain("0: \"face\"");
        accepted.ShouldAllBe(id => first["delete-by.txt"].Contains(id, StringComparison.Ordinal));
        server.Audit().Count(what => what == "correction-exported").ShouldBe(3);
        server.AuditLines().Last().GetProperty("ids").GetArrayLength().ShouldBe(accepted.Length);
        (await server.Client.GetStringAsync($"/api/corrections/{accepted[0]}", Cancel)).ShouldContain("\"exports\":3");
    }

    [Fact]
    public async Task A_picture_that_was_sent_twice_is_on_one_side_of_the_split()
    {
        await using var server = await RunningServer.StartAsync();
        var (first, second) = (await SendAsync(server), await SendAsync(server));
        var parts = Parts(await ExportAsync(server, "coco"));
        first.Zip(second).Skip(2).ShouldAllBe(pair => parts[pair.First] == parts[pair.Second]);
    }

    [Fact]
    public async Task The_training_reads_it()
    {
        await using var server = await RunningServer.StartAsync();
        var ids = await SendAsync(server);
        var root = Directory.CreateTempSubdirectory("liveface-export-").FullName;
        var folder = Path.Combine(root, "corrections");
        try
        {
            await using (var zip = new ZipArchive(await server.Client.GetStreamAsync("/api/corrections/export?format=coco", Cancel)))
                await zip.ExtractToDirectoryAsync(folder, Cancel);
            var read = JsonDocument.Parse(await PythonAsync(Reader, folder)).RootElement;

            read.GetProperty("pictures").EnumerateArray().Select(one => one.GetProperty("id").GetString()).ShouldBe(ids.Skip(2), ignoreOrder: true);
            foreach (var picture in read.GetProperty("pictures").EnumerateArray())
            {
                // The face alone: neither the plate, nor what is not there.
                picture.GetProperty("faces").GetArrayLength().ShouldBe(1);
                picture.GetProperty("faces")[0].EnumerateArray().Select(side => Math.Round(side.GetDouble(), 1)).ShouldBe([22.4, 7.2, 34.6, 17.3]);
                picture.GetProperty("role").GetString().ShouldBeOneOf("train", "validation");
            }

            // The same as one of the sets that gather.py reads.
            var set = await PythonAsync("-c", GatherSet, Path.GetDirectoryName(Reader)!, root);
            set.Trim().ShouldBe($"{ids.Count - 2} pictures, {ids.Count - 2} faces");

            // A picture that is not what the set says ends the reading.
            File.Delete(Directory.GetFiles(Path.Combine(folder, "train"))[0]);
            (await Should.ThrowAsync<InvalidOperationException>(() => PythonAsync(Reader, folder)))
                .Message.ShouldContain("is missing");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Pictures that differ, all accepted but the first two.</summary>
    private static async Task<List<string>> SendAsync(RunningServer server)
    {
        var ids = new List<string>();
        for (var i = 0; i < Sent; i++)
        {
            var shade = (uint)(i * 10);
            ids.Add((await CorrectionRig.KeepAsync(server.Client, picture: TestPng.Of(64, 48, shade << 24 | 0x4080FF))).Id);
        }

        await CorrectionRig.DecideAsync(server.Client, ids[1], "rejected");
        foreach (var id in ids.Skip(2))
            (await CorrectionRig.DecideAsync(server.Client, id, "accepted")).StatusCode.ShouldBe(HttpStatusCode.OK);
        return ids;
    }

    private static async Task<Dictionary<string, string>> ExportAsync(RunningServer server, string format)
    {
        using var answer = await server.Client.GetAsync($"/api/corrections/export?format={format}", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldContain(format);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancel));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancel));
            files.Add(entry.FullName, await reader.ReadToEndAsync(Cancel));
        }

        return files;
    }

    /// <summary>The part that each picture is in.</summary>
    private static Dictionary<string, string> Parts(Dictionary<string, string> files, string folder = "") => files.Keys
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".jpg", StringComparison.Ordinal))
        .Select(name => name[folder.Length..].Split('/')).ToDictionary(path => path[1][..^4], path => path[0], StringComparer.Ordinal);

    private static async Task<string> PythonAsync(params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-B", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(Cancel), python.StandardError.ReadToEndAsync(Cancel));
        await python.WaitForExitAsync(Cancel);
        return python.ExitCode == 0 ? await output : throw new InvalidOperationException(await errors);
    }
}
