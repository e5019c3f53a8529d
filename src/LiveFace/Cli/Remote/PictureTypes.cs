namespace LiveFace.Cli.Remote;

/// <summary>What a picture is sent as, by the end of its name; the server looks for itself.</summary>
internal static class PictureTypes
{
    public static string Of(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".webp" => "image/webp",
        _ => "image/jpeg",
    };
}
