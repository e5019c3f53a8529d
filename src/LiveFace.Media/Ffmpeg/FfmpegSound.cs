namespace LiveFace.Media.Ffmpeg;

/// <summary>Takes the sound of a film from its source into memory, for when the film is made of its pieces and the source is there no longer.</summary>
public static class FfmpegSound
{
    /// <summary>Takes it, by the settings that the film is made with; gives those by which it is made of what was taken.</summary>
    /// <param name="film">What the film is packed as.</param>
    /// <param name="settings">They name the source, which has sound.</param>
    /// <param name="into">Where the sound is kept.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FfmpegException">It cannot be taken; the message says why.</exception>
    public static async Task<FfmpegWriterSettings> KeepAsync(
        MediaContainer film, FfmpegWriterSettings settings, MemoryFile into, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var target = MediaTarget.Sound(into, SoundEncoding.KeptIn(film));
        await using (var output = await FfmpegOutput.OpenAsync(
            target, settings, (now, sound) => now.SoundArguments(film, target, sound ?? throw new FfmpegException($"{settings.AudioFrom} has no sound.")), cancellationToken))
            await output.FinishAsync(cancellationToken);
        return settings with { AudioFrom = MediaSource.Memory(into, "sound"), IsSoundKept = true };
    }
}
