using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Films.Boxes;

namespace LiveFace.Films.Review;

/// <summary>An edit as somebody says it, without what the log adds: its number, when and by whom; and a line of the log.</summary>
public static class EditText
{
    private static readonly string[] Own = ["edit", "at", "by"];
    private static readonly string[] WithNewTrack = ["split", "box", "keyframes"];

    /// <summary>Reads an edit, a JSON object with one of the fields that docs/reference/box-file.md names.</summary>
    /// <param name="json">The object.</param>
    /// <param name="newTrack">The number of a track that it makes.</param>
    /// <exception cref="BoxFileException">It is none; the message says where.</exception>
    public static FilmEdit Read(string json, int newTrack)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 8 }) is not JsonObject edit)
                throw JsonFields.Wrong("$", "expected an object");
            foreach (var name in Own)
                if (edit.ContainsKey(name))
                    throw JsonFields.Wrong($"$.{name}", "is not yours to say");
            foreach (var kind in WithNewTrack)
                if (edit[kind] is JsonObject makes)
                    makes["as"] = newTrack;
            edit["edit"] = 1;
            edit["at"] = DateTime.UnixEpoch.ToString("O", CultureInfo.InvariantCulture);
            return EditJson.Read(edit.ToJsonString()).Edit;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new BoxFileException("$: it is no JSON object.", error);
        }
    }

    /// <summary>An edit as its line in the log.</summary>
    public static string Write(LoggedEdit logged)
    {
        ArgumentNullException.ThrowIfNull(logged);
        return EditJson.Write(logged);
    }
}
