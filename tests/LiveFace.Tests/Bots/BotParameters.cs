using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LiveFace.Tests.Bots;

/// <summary>The parameters of a call: as a query, a form, a form with files, or JSON.</summary>
internal static class BotParameters
{
    public static async Task<BotCall> ReadAsync(HttpContext context, string method)
    {
        var request = context.Request;
        var fields = request.Query.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal);
        byte[]? file = null;
        string? name = null;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            foreach (var (key, value) in form)
                fields[key] = value.ToString();
            foreach (var sent in form.Files)
            {
                using var bytes = new MemoryStream();
                await sent.CopyToAsync(bytes, context.RequestAborted);
                (file, name) = (bytes.ToArray(), sent.FileName);
            }
        }
        else if (request.HasJsonContentType() && await JsonNode.ParseAsync(request.Body, cancellationToken: context.RequestAborted) is JsonObject json)
        {
            foreach (var (key, value) in json)
                fields[key] = value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? "";
        }

        return new BotCall(method, fields, file, name);
    }
}
