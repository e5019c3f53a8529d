using System.Text;
using System.Text.Json.Nodes;

namespace LiveFace.Tests.Bots;

/// <summary>What the Bot API refuses of a call, as its description has the limits.</summary>
internal static class BotLimits
{
    private const int Text = 4096;
    private const int Caption = 1024;
    private const int Data = 64;
    private const int Photo = 10 << 20;
    private const int File = 50 << 20;

    public static string? Of(BotCall call)
    {
        if (call.Method is "sendMessage" or "editMessageText" && call["text"].Length is 0 or > Text)
            return call["text"].Length == 0 ? "message text is empty" : "message is too long";
        if (call["caption"].Length > Caption)
            return "message caption is too long";
        if (call.Method is "sendPhoto" or "sendDocument" or "sendVideo" && call.File is not { Length: > 0 })
            return "there is no file in the request";
        if (call.File?.Length > (call.Method == "sendPhoto" ? Photo : File))
            return "file is too big";
        if (call.Method == "setWebhook" && (!call["url"].StartsWith("https://", StringComparison.Ordinal) || call["secret_token"].Any(one => !char.IsAsciiLetterOrDigit(one) && one is not '_' and not '-')))
            return "bad webhook";
        return call["reply_markup"] is { Length: > 0 } markup ? OfButtons(markup) : null;
    }

    private static string? OfButtons(string markup) => JsonNode.Parse(markup)!["inline_keyboard"]!.AsArray().SelectMany(row => row!.AsArray())
        .Any(button => Encoding.UTF8.GetByteCount((string?)button!["callback_data"] ?? "") is 0 or > Data)
        ? "BUTTON_DATA_INVALID"
        : null;
}
