using System.Globalization;
using LiveFace.Vision.Attributes;

namespace LiveFace.Accuracy.Traits;

/// <summary>
/// What a rule for those under an age would show, went it by one reading of each face: of the younger, whom it is there to hide,
/// and of the older, whom it is there to show.
/// </summary>
internal static class AgeLimitTable
{
    private static readonly int[] Limits = [12, 16, 18, 21];

    /// <summary>Prints it for every other picture: how cautious a rule is was chosen on those between.</summary>
    public static void Print(IReadOnlyList<TraitResult> all)
    {
        var read = all.Where((_, index) => index % 2 == 1).ToList();
        Console.WriteLine("\n| under | n younger | shown | in the five years below | shown | n older | shown |\n| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var limit in Limits)
        {
            var younger = read.Where(one => one.Face.Age < limit).ToList();
            var near = younger.Where(one => one.Face.Age >= limit - 5).ToList();
            var older = read.Where(one => one.Face.Age >= limit).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {limit} | {younger.Count} | {Part(younger, limit):F1} % | {near.Count} | {Part(near, limit):F1} % | {older.Count} | {Part(older, limit):F1} % |"));
        }
    }

    private static double Part(List<TraitResult> of, int limit) => of.Count == 0 ? 0 : 100.0 * of.Count(one => one.Age.IsCertainlyOver(limit)) / of.Count;
}
