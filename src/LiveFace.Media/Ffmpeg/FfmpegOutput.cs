namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// An ffmpeg process that writes a file or a stream of what it is given, with the sound of a source beside it. A file has its name
/// only once it is whole; what was not finished is deleted.
/// </summary>
internal sealed class FfmpegOutput : IAsyncDisposable
{
    private readonly FfmpegProcess _process;
    private readonly MediaTarget _target;
    private readonly bool _overwrite;

    private FfmpegOutput(FfmpegProcess process, MediaTarget target, bool overwrite) => (_process, _target, _overwrite) = (process, target, overwrite);

    public int ProcessId => _process.Id;

    public Stream Input => _process.Input;

    /// <summary>Starts it.</summary>
    /// <param name="target">Where it writes.</param>
    /// <param name="settings">How.</param>
    /// <param name="arguments">Its arguments behind those for all, by the settings and the sound that there is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<FfmpegOutput> OpenAsync(
        MediaTarget target, FfmpegWriterSettings settings, Func<FfmpegWriterSettings, AudioTrackInfo?, IEnumerable<string>> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(target);
        if (target is { IsFile: true, IsMemory: false } && !settings.Overwrite && File.Exists(target.Address))
            throw new FfmpegException($"{target.Address} exists; choose another name or allow it to be replaced.");
        var sound = settings.AudioFrom is null ? null : (await MediaProbe.ReadAsync(settings.AudioFrom, settings.Tools, cancellationToken)).Audio;
        if (sound is null)
            settings = settings with { AudioFrom = null };
        var access = settings.AudioFrom is null ? target.Access : target.Access.With(settings.AudioFrom.Access);
        MakePart(target);
        try
        {
            var process = FfmpegProcess.Start(
                settings.Tools, settings.Tools.Ffmpeg, access, ["-v", "error", "-nostats", "-y", "-copyts", .. arguments(settings, sound)], takesInput: true);
            return new FfmpegOutput(process, target, settings.Overwrite);
        }
        catch (FfmpegException)
        {
            DeletePart(target);
            throw;
        }
    }

    /// <summary>Ends the input and waits until the output is whole; a file then gets its name.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _process.Input.FlushAsync(cancellationToken);
            await _process.Input.DisposeAsync();
        }
        catch (IOException error)
        {
            throw await ExplainAsync(error, cancellationToken);
        }

        await _process.WaitForSuccessAsync(cancellationToken);
        // FFmpeg ends well although its last bytes, without which nobody can read a film, found no room.
        if (_process.Said.Contains("Error writing trailer", StringComparison.Ordinal) || _process.Said.Contains("Error closing file", StringComparison.Ordinal))
            throw _process.Failure($"could not write {_target} to its end");
        if (_target is { IsFile: true, IsMemory: false })
            File.Move(_target.PartPath, _target.Address, _overwrite);
    }

    /// <summary>A broken pipe means that the process has ended; its own words say why.</summary>
    public async Task<FfmpegException> ExplainAsync(IOException error, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForSuccessAsync(cancellationToken);
            return _process.Failure($"stopped taking pictures for {_target}", error);
        }
        catch (FfmpegException explained)
        {
            return explained;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        DeletePart(_target);
    }

    /// <summary>The process may write the file, and make none.</summary>
    private static void MakePart(MediaTarget target)
    {
        if (!target.IsFile || target.IsMemory)
            return;
        try
        {
            File.Create(target.PartPath).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FfmpegException($"{target.Address} can not be written: {error.Message}", error);
        }
    }

    private static void DeletePart(MediaTarget target)
    {
        if (target is { IsFile: true, IsMemory: false } && File.Exists(target.PartPath))
            File.Delete(target.PartPath);
    }
}
