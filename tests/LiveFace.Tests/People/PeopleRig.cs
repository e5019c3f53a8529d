using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.People;

/// <summary>
/// Somebody to enrol: Eileen Collins on astronaut.png of Debian's python3-skimage (NASA, public domain), a quarter larger than
/// there: as it is, mirrored, and narrower or lower and darker.
/// </summary>
internal static class PeopleRig
{
    public const string Order = """{"consent":true,"days":30}""";

    public static readonly string Key = $"--Storage:EncryptionKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });
    private static readonly Lazy<byte[][]> Made = new(Make);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static byte[][] Pictures => Made.Value;

    public static async Task<HttpResponseMessage> EnrolAsync(HttpClient client, string id, string order = Order, IEnumerable<byte[]>? pictures = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(order, Encoding.UTF8, "application/json"), "person" } };
        foreach (var picture in pictures ?? Pictures)
            form.Add(new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "picture", "me");
        // Who is refused is told so before the pictures are sent; else the answer may be lost with the connection.
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/people/{id}") { Content = form, Headers = { ExpectContinue = true } };
        return await client.SendAsync(request, Cancel);
    }

    /// <summary>Enrols somebody; gives what they withdraw by.</summary>
    public static async Task<string> AddAsync(HttpClient client, string id, string order = Order)
    {
        using var answer = await EnrolAsync(client, id, order);
        answer.StatusCode.ShouldBeOneOf([HttpStatusCode.Created, HttpStatusCode.OK], await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.JsonAsync()).GetProperty("withdraw").GetString()!.Split('#')[1];
    }

    public static string PolicyNaming(params string[] people) => JsonSerializer.Serialize(new
    {
        rules = new[] { new { when = new { model = "faces", classes = "all", exceptPeople = people }, where = "ellipse", how = new { effect = "blur" } } },
    });

    public static Task<HttpResponseMessage> PutPolicyAsync(HttpClient client, string room, string policy) =>
        client.PutAsync($"/api/rooms/{room}/policy", new StringContent(policy, Encoding.UTF8, "application/json"), Cancel);

    private static byte[][] Make()
    {
        var file = File.ReadAllBytes(Portrait.Path);
        using var pool = new FramePool(0);
        using var small = ImageFile.Decode(file, pool);
        return
        [
            Change(pool, small, 640, 640, mirror: false, 1), Change(pool, small, 640, 640, mirror: true, 1),
            Change(pool, small, 592, 640, mirror: false, 0.75f), Change(pool, small, 640, 592, mirror: true, 0.85f),
        ];
    }

    private static byte[] Change(FramePool pool, VideoFrame small, int width, int height, bool mirror, float light)
    {
        using var picture = pool.Rent(width, height);
        new FrameScaler().Scale(small, picture);
        using var changed = pool.Rent(picture.Width, picture.Height);
        for (var plane = 0; plane < 3; plane++)
            for (var y = 0; y < (plane == 0 ? picture.Height : picture.ChromaHeight); y++)
            {
                var to = Row(changed, plane, y);
                Row(picture, plane, y).CopyTo(to);
                if (mirror)
                    to.Reverse();
                if (plane == 0)
                    foreach (ref var level in to)
                        level = (byte)(16 + (level - 16) * light);
            }

        using var redactor = new Redactor(pool);
        return ImageFile.Encode(redactor.Redact(changed, Nothing), ImageFormat.Png);
    }

    private static Span<byte> Row(VideoFrame frame, int plane, int y) => plane switch { 0 => frame.RowY(y), 1 => frame.RowU(y), _ => frame.RowV(y) };
}
