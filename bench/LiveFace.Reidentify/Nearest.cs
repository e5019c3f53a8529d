namespace LiveFace.Reidentify;

/// <summary>Compares embeddings, which have the length one.</summary>
internal static class Nearest
{
    public static float Likeness(float[] a, float[] b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>How many probes have their own entry as the nearest of the gallery. One that is as near to another entry has not.</summary>
    public static int Hits(float[][] probes, float[][] gallery)
    {
        var hits = 0;
        for (var i = 0; i < probes.Length; i++)
        {
            var own = Likeness(probes[i], gallery[i]);
            hits += Enumerable.Range(0, gallery.Length).All(j => j == i || Likeness(probes[i], gallery[j]) < own) ? 1 : 0;
        }

        return hits;
    }
}
