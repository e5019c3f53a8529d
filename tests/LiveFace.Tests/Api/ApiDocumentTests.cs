using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

public sealed partial class ApiDocumentTests
{
    private static readonly string[] Documented =
        ["RoomState", "Policy", "Rule", "When", "How", "Zone", "Watermark", "Framing", "Preset", "ModelInfo", "EffectInfo", "StickerInfo", "ShareLink", "LinkInfo", "Place", "Participant", "NewKey", "KeyInfo", "ServerInfo", "Defaults",
            "PictureDetections", "PictureObject", "FaceAttributes", "PictureCrop", "BoxOutline", "Job", "JobFilm", "JobResult", "JobTrack", "JobEdits", "JobReport", "PictureMarks", "HideMark", "KeepMark",
            "CorrectionTerms", "CorrectionOrder", "CorrectionFind", "CorrectionBox", "CorrectionReceipt", "CorrectionWithdrawn", "Correction", "CorrectionPage", "PersonOrder", "PersonReceipt", "Person", "PersonWithdrawn", "Collection", "VectorItem", "CollectionItem", "Neighbour", "Neighbours",
            "NewFeedback", "FeedbackInfo", "FeedbackPage", "StandingLink", "Retained", "AuditPage", "WatermarkRemoval"];

    /// <summary>Parts of others, and what no client makes by hand.</summary>
    private static readonly string[] Undescribed =
        ["AgeRange", "AuditMark", "Bounds", "CallerInfo", "CallerScope", "DefaultHow", "DefaultPolicy", "DrawnKind", "HubTicket", "IceConfiguration", "IceServer", "JobDoubt", "JobModel",
            "PictureBox", "PicturePoint", "PolicyBounds", "ReportHand", "ReportInput", "ReportOutput", "RoomPublisher", "ServerDetector", "ServerLimits", "ServerMedia", "Word", "ZoneBox", "ZonePoint"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_of_requests_in_the_docs_is_that_of_the_server()
    {
        using var document = await DocumentAsync();
        var served = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name} ({RolesOf(operation.Value)})"));

        var documented = Request().Matches(await ReadAsync("docs", "reference", "protocol.md"))
            .Select(row => $"{row.Groups["request"].Value} ({row.Groups["roles"].Value.Replace("`", "", StringComparison.Ordinal)})");

        documented.ShouldBe(served, ignoreOrder: true);
    }

    [Fact]
    public async Task The_types_in_the_docs_have_the_members_of_what_is_sent()
    {
        using var document = await DocumentAsync();

        var shapes = TypeScriptShapes.Read(
            await ReadAsync("docs", "reference", "protocol.md") + await ReadAsync("docs", "reference", "detections.md") + await ReadAsync("docs", "reference", "crops.md")
            + await ReadAsync("docs", "reference", "corrections.md") + await ReadAsync("docs", "reference", "watermarks.md")
            + await ReadAsync("docs", "reference", "people.md") + await ReadAsync("docs", "reference", "search.md"));

        foreach (var name in Documented)
            Members(document, name).ShouldBe(shapes[name], $"{name} in docs/reference");
    }

    [Fact]
    public async Task Every_type_that_is_sent_is_in_the_docs_or_known_not_to_be()
    {
        using var document = await DocumentAsync();
        document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _)).Select(schema => schema.Name).Except(Documented, StringComparer.Ordinal)
            .ShouldBe(Undescribed, ignoreOrder: true);
    }

    [Fact]
    public async Task What_may_be_null_in_a_policy_is_told()
    {
        using var document = await DocumentAsync();
        var policy = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("Policy").GetProperty("properties");

        string[] nullable =
            [.. policy.EnumerateObject().Where(member => member.Value.GetRawText().Contains("\"null\"", StringComparison.Ordinal)).Select(member => member.Name)];

        nullable.ShouldBe(["preset", "background", "watermark", "framing", "smallestFace", "maximumAgeMs"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_types_of_the_sdk_have_the_members_of_what_is_sent()
    {
        using var document = await DocumentAsync();

        var shapes = TypeScriptShapes.Read(await ReadAsync("wwwroot", "liveface.d.ts"));

        shapes.Keys.Intersect(Documented, StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(7);
        foreach (var name in shapes.Keys.Intersect(Documented, StringComparer.Ordinal))
            Members(document, name).ShouldBe(shapes[name], $"{name} in liveface.d.ts");
    }

    [Fact]
    public async Task The_document_and_its_page_are_as_open_as_the_pages()
    {
        await using var server = await RunningServer.StartLockedAsync();

        foreach (var path in (string[])["/openapi/v1.json", "/docs", "/docs/scalar.js", "/docs/scalar.aspnetcore.js"])
            (await server.Client.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    [Fact]
    public async Task The_page_runs_scripts_of_this_server_alone_and_reaches_nobody_else()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.Client.GetAsync("/docs", Cancel);
        var page = await response.Content.ReadAsStringAsync(Cancel);
        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();

        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        nonce.Length.ShouldBeGreaterThan(20);
        policy.ShouldContain($"script-src 'self' 'nonce-{nonce}';");
        policy.ShouldContain("connect-src 'self'");
        Script().Count(page).ShouldBeGreaterThan(1);
        foreach (Match script in Script().Matches(page))
            script.Value.ShouldContain($"nonce=\"{nonce}\"");
        Source().Matches(page).ShouldAllBe(source => !source.Groups["address"].Value.Contains("//", StringComparison.Ordinal));
        Nonce().Match((await server.Client.GetAsync("/docs", Cancel)).Headers.GetValues("Content-Security-Policy").Single())
            .Groups["nonce"].Value.ShouldNotBe(nonce);
    }

    private static async Task<JsonDocument> DocumentAsync()
    {
        await using var server = await RunningServer.StartAsync();
        return JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json", Cancel));
    }

    private static string RolesOf(JsonElement operation) =>
        !operation.TryGetProperty("security", out _) ? "anybody"
        : string.Join(", ", operation.GetProperty("x-roles").EnumerateArray().Select(role => role.GetString())) is { Length: > 0 } roles ? roles
        : "any key";

    private static SortedSet<string> Members(JsonDocument document, string schema) => new(
        document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties")
            .EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);

    private static Task<string> ReadAsync(params string[] path) => File.ReadAllTextAsync(Checkout.PathOf(path), Cancel);

    [GeneratedRegex("^\\| `(?<request>[A-Z]+ /[^`]*)` \\| (?<roles>[^|]*?) \\|", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Request();

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Script();

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Source();
}
