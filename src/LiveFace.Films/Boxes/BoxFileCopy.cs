namespace LiveFace.Films.Boxes;

/// <summary>Writes a box file again.</summary>
internal static class BoxFileCopy
{
    /// <summary>Writes a box file's pictures behind another head; the output may be the input.</summary>
    public static void Write(string boxes, string output, BoxFileHead head, FilmVault vault, Func<int, IReadOnlyList<BoxFind>>? more = null)
    {
        var part = output + ".part";
        try
        {
            using (var reader = BoxFileReader.Open(boxes, vault))
            using (var stream = vault.Create(part))
            using (var writer = new BoxFileWriter(stream, head))
            {
                var picture = new BoxPicture();
                while (reader.TryNext(picture))
                {
                    foreach (var find in more?.Invoke(picture.Index) ?? [])
                        picture.Found.Add(find);
                    writer.Write(picture);
                }

                writer.Finish();
            }

            File.Move(part, output, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
