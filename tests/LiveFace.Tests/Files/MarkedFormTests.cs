using System.Net;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>The form in which a picture and an order come.</summary>
public sealed class MarkedFormTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_has_one_picture_and_one_order()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var (first, second, said) in ((string, string?, string)[])
            [("picture", "picture", "'picture'"), ("redaction", "redaction", "'redaction'"), ("picture", "else", "'else'"), ("redaction", null, "picture")])
        {
            using var form = new MultipartFormDataContent();
            foreach (var name in (string?[])[first, second])
                if (name is not null)
                    form.Add(name == "picture" ? MarkedCalls.Picture("image/png") : new StringContent("{}"), name);
            using var answer = await server.Client.PostAsync("/api/redact", form, Cancel);
            (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid")).GetProperty("detail").GetString()!.ShouldContain(said);
        }
    }

    [Fact]
    public async Task A_part_of_another_type_and_an_order_without_end_are_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var gif = new MultipartFormDataContent { { MarkedCalls.Picture("image/gif"), "picture" } };
        using var other = await server.Client.PostAsync("/api/redact", gif, Cancel);
        await other.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        using var large = await MarkedCalls.PostAsync(server.Client, new string(' ', 3 << 20));
        await large.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }
}
