using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Review;
using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// Holds a review against the server's floor: what it hides is not shown by an edit. Whatever the floor's rules could match of
/// a model counts, so that a doubt is a no.
/// </summary>
internal static class EditFloor
{
    /// <exception cref="FileRedactionException">An edit in force shows what the floor hides.</exception>
    public static void Check(EditLog edits, BoxFileHead head, RedactionPolicy? floor)
    {
        if (floor is null)
            return;
        var models = floor.Rules.Where(rule => rule.How.Effect.Hides()).Select(rule => rule.When.Model).ToHashSet(StringComparer.Ordinal);
        bool Hides(int model) => floor.Cover || floor.Background is not null || models.Contains(head.Models[model].Name);
        var kinds = (head.Tracks ?? []).ToDictionary(track => track.Id, track => track.Model);
        foreach (var logged in edits.InForce())
        {
            switch (logged.Edit)
            {
                case SplitTrack split:
                    kinds[split.NewTrack] = kinds.GetValueOrDefault(split.Track);
                    break;
                case AddBox add:
                    kinds[add.NewTrack] = add.Model;
                    break;
                case AddKeyframes add:
                    kinds[add.NewTrack] = add.Model;
                    break;
            }

            foreach (var track in Shown(logged.Edit))
                if (kinds.TryGetValue(track, out var model) && Hides(model))
                    throw new FileRedactionException($"Track {track} cannot be shown: the server's floor hides it.");
        }
    }

    private static IReadOnlyList<int> Shown(FilmEdit edit) => edit switch
    {
        KeepTracks keep => keep.Tracks,
        KeepOnly only => only.Tracks,
        CutTrack cut => [cut.Track],
        _ => [],
    };
}
