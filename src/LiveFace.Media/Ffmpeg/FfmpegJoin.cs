namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// Makes one film of its pieces, in their order, each picture as it was encoded and at its time, with the sound of a source beside
/// them. A piece begins with a picture that needs none before it, so that nothing is encoded again.
/// <code>
/// piece ► piece ► … ► ffmpeg, which copies ► film
/// </code>
/// </summary>
public static class FfmpegJoin
{
    private const int IvfHeadBytes = 32;
    private const int CopyBytes = 1 << 18;

    /// <summary>Writes the film; the settings are those that its pieces were written with, and say where sound is taken from.</summary>
    /// <param name="target">The film.</param>
    /// <param name="settings">How it is written.</param>
    /// <param name="pieces">Open each piece, in their order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FfmpegException">It cannot be written; the message says why.</exception>
    public static async Task RunAsync(
        MediaTarget target, FfmpegWriterSettings settings, IEnumerable<Func<Stream>> pieces, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pieces);
        var kind = MediaTarget.PieceOf(target.Container) ?? throw new ArgumentException($"{target.Container} is not put together of pieces.", nameof(target));
        await using var output = await FfmpegOutput.OpenAsync(target, settings, (now, sound) => now.JoinArguments(target, kind, sound), cancellationToken);
        var buffer = new byte[CopyBytes];
        var isFirst = true;
        foreach (var open in pieces)
        {
            await using var piece = open();
            // The head stands once, before all pictures.
            if (!isFirst && kind == MediaContainer.Ivf)
                await piece.ReadExactlyAsync(buffer.AsMemory(0, IvfHeadBytes), cancellationToken);
            while (await piece.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                await WriteAsync(output, buffer.AsMemory(0, read), cancellationToken);
            isFirst = false;
        }

        await output.FinishAsync(cancellationToken);
    }

    private static async Task WriteAsync(FfmpegOutput output, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await output.Input.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException error)
        {
            throw await output.ExplainAsync(error, cancellationToken);
        }
    }
}
