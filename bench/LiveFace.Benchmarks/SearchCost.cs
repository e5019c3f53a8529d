using System.Diagnostics;
using System.Numerics.Tensors;
using LiveFace.Features.Collections.State;

namespace LiveFace.Benchmarks;

/// <summary>
/// How long a search among many vectors takes on one thread, in an index that is mapped from the disk, and how many of the ten
/// nearest it finds, held against all of them. The vectors lie in a thousand loose clusters, as those of things do.
/// </summary>
internal static class SearchCost
{
    private const int Dimensions = 128, Clusters = 1000, Queries = 300, Nearest = 10;
    private const float Spread = 0.7f;

    public static int Run(int count)
    {
        var random = new Random(1);
        var centres = Enumerable.Range(0, Clusters).Select(_ => Vector(random, null)).ToArray();
        var vectors = new float[count][];
        for (var i = 0; i < count; i++)
            vectors[i] = Vector(random, centres[random.Next(Clusters)]);
        var path = Path.Combine(Path.GetTempPath(), $"liveface-search-{Environment.ProcessId}.usearch");
        try
        {
            string hash;
            var began = Stopwatch.GetTimestamp();
            using (var index = VectorIndex.Open(path, Dimensions, null))
            {
                for (var i = 0; i < count; i++)
                    index.Add((ulong)i, vectors[i]);
                hash = index.Save()!;
            }

            Console.WriteLine($"{count:N0} vectors of {Dimensions}: filled and written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, {new FileInfo(path).Length >> 20} MiB");
            using var mapped = VectorIndex.Open(path, Dimensions, hash);
            var queries = Enumerable.Range(0, Queries).Select(_ => Vector(random, centres[random.Next(Clusters)])).ToArray();
            foreach (var query in queries.Take(50))
                mapped.Search(query, Nearest);
            var (took, hits) = (new double[Queries], 0);
            for (var i = 0; i < Queries; i++)
            {
                began = Stopwatch.GetTimestamp();
                var found = mapped.Search(queries[i], Nearest);
                took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                hits += found.Select(one => (int)one.Key).Intersect(Exact(vectors, queries[i])).Count();
            }

            Array.Sort(took);
            Console.WriteLine($"search: median {took[Queries / 2]:0.00} ms, p95 {took[Queries * 95 / 100]:0.00} ms; recall@{Nearest} {(double)hits / (Queries * Nearest):0.000}");
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int[] Exact(float[][] vectors, float[] query)
    {
        var best = new PriorityQueue<int, float>();
        for (var i = 0; i < vectors.Length; i++)
        {
            best.Enqueue(i, TensorPrimitives.Dot<float>(vectors[i], query));
            if (best.Count > Nearest)
                best.Dequeue();
        }

        return [.. best.UnorderedItems.Select(one => one.Element)];
    }

    /// <summary>A direction, near a centre where there is one.</summary>
    private static float[] Vector(Random random, float[]? centre)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            var normal = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
            vector[i] = (centre is null ? normal : centre[i] + Spread * normal / MathF.Sqrt(Dimensions));
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
