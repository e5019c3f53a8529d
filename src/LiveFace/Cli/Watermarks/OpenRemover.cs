using System.CommandLine;
using LiveFace.Cli.Films;
using LiveFace.Cli.Lines;
using LiveFace.Restoration;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Cli.Watermarks;

/// <summary>The net that takes marks off, for a command: one session for all that it does.</summary>
internal sealed class OpenRemover : IDisposable
{
    private readonly ModelPreparation _preparation;
    private readonly InferenceSessions _sessions;

    private OpenRemover(ModelPreparation preparation, InferenceSessions sessions, WatermarkRemover remover) =>
        (_preparation, _sessions, Remover) = (preparation, sessions, remover);

    public WatermarkRemover Remover { get; }

    /// <param name="parsed">The command line.</param>
    /// <param name="threads">Threads for one pass; 0 is as the server does it.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<OpenRemover> OpenAsync(ParseResult parsed, int threads, CancellationToken cancel)
    {
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(parsed.GetValue(FilmOptions.Models)));
        var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        var sessions = new InferenceSessions(
            catalogue, preparation, new InferenceOptions { Device = parsed.GetRequiredValue(FilmOptions.Device), Threads = threads });
        try
        {
            var told = parsed.GetValue(FilmOptions.Json) ? null : new ProgressLines(parsed.InvocationConfiguration.Output);
            return new OpenRemover(preparation, sessions, await WatermarkRemover.OpenAsync(catalogue, sessions, told, cancel));
        }
        catch
        {
            sessions.Dispose();
            preparation.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _preparation.Dispose();
    }
}
