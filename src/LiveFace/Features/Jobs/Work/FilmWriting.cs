using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Films.Detection;
using LiveFace.Films.Pieces;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// Writes a film that is linked in pieces, each looked at again as it was written: by one worker, one after the other, from wherever one before
/// it left it, or a step at a time by many. A film that cannot be cut is written in one piece.
/// </summary>
internal sealed class FilmWriting(JobOrder order, JobFolder files, JobWords words, FilmWork work, PieceWork pieces, MediaTarget target)
{
    private readonly TimeSpan _length = TimeSpan.FromSeconds(order.SegmentSeconds);

    /// <summary>Does all of it.</summary>
    public async Task<FilmResult> RunAsync(EditLog edits, CancellationToken cancel)
    {
        try
        {
            for (var found = ReadRounds(); ;)
            {
                var reviewed = await work.ReviewAsync(files.Boxes, edits, cancel);
                if (pieces.Plan(files.Boxes, reviewed, target, files.Path, _length) is not { } plan)
                    break;
                files.DeletePieces(but: [.. plan.Pieces.Select(piece => piece.Name)]);
                await RenderAsync(plan, found.Count + 1, cancel);
                var end = await pieces.FinishAsync(plan, files.Path, found, files.Boxes, reviewed, target, cancel);
                if (end.Film is { } film)
                {
                    files.DeletePieces();
                    return film;
                }

                found = [.. found, end.Found];
                WriteRounds(found);
            }
        }
        catch (PieceMismatchException)
        {
            // It is written in one.
        }

        files.DeletePieces();
        words.Shift = null;
        return await work.FinishAsync(target, files.Boxes, edits, cancel);
    }

    /// <summary>Cuts the film.</summary>
    public async Task<JobWord> PrepareAsync(EditLog edits, IReadOnlyList<int> foundBefore, CancellationToken cancel)
    {
        var reviewed = await work.ReviewAsync(files.Boxes, edits, cancel);
        return pieces.Plan(files.Boxes, reviewed, target, files.Path, _length) is { } plan
            ? new JobWord { Pieces = new JobPieces(plan, foundBefore) }
            : new JobWord { InOne = true };
    }

    /// <summary>Writes the one piece that is ordered.</summary>
    public async Task<JobWord> PieceAsync(CancellationToken cancel)
    {
        try
        {
            await pieces.RenderAsync(order.Pieces!.Plan, order.Pieces.Plan.Pieces[0], files.Path, cancel);
            return new JobWord { Ready = true };
        }
        catch (PieceMismatchException)
        {
            return new JobWord { InOne = true };
        }
    }

    /// <summary>Makes the film of its pieces; where something was found in them, the word is which are written next.</summary>
    public async Task<(FilmResult? Film, JobWord? Word)> JoinAsync(EditLog edits, CancellationToken cancel)
    {
        var (plan, before) = order.Pieces!;
        var reviewed = await work.ReviewAsync(files.Boxes, edits, cancel);
        try
        {
            var end = await pieces.FinishAsync(plan, files.Path, before, files.Boxes, reviewed, target, cancel);
            return end.Film is { } film ? (film, null) : (null, await PrepareAsync(edits, [.. before, end.Found], cancel));
        }
        catch (PieceMismatchException)
        {
            return (null, new JobWord { InOne = true });
        }
    }

    private async Task RenderAsync(PiecePlan plan, int round, CancellationToken cancel)
    {
        var (before, all) = (0L, plan.Pictures);
        foreach (var piece in plan.Pieces)
        {
            words.Shift = seen => new FilmProgress(FilmStage.Render, round, before + Done(seen.Stage, seen.Pictures, piece.Pictures), all, seen.Found);
            if (!PieceWork.IsDone(plan, piece, files.Path))
            {
                await pieces.RenderAsync(plan, piece, files.Path, cancel);
                words.Say(new JobWord { Kept = true });
            }

            before += piece.Pictures;
        }

        words.Shift = null;
    }

    /// <summary>How many pictures of a piece count as done: half of the work is to look at them again.</summary>
    public static long Done(FilmStage stage, long pictures, long all) => stage == FilmStage.Check ? (all + pictures) / 2 : pictures / 2;

    private List<int> ReadRounds()
    {
        if (!File.Exists(files.Rounds(order.Generation)))
            return [];
        using var file = files.Vault.OpenRead(files.Rounds(order.Generation));
        return JsonSerializer.Deserialize<List<int>>(file) ?? [];
    }

    private void WriteRounds(List<int> found)
    {
        var path = files.Rounds(order.Generation);
        using (var file = files.Vault.Create(path + ".part"))
            JsonSerializer.Serialize(file, found);
        File.Move(path + ".part", path, overwrite: true);
    }
}
