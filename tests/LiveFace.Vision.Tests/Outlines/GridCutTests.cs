using LiveFace.Vision.Outlines;

namespace LiveFace.Vision.Tests.Outlines;

/// <summary>The cut beside all cuts that there are, on grids that are small enough to try them.</summary>
public sealed class GridCutTests
{
    private static readonly (int X, int Y)[] Ahead = [(1, 0), (0, 1), (1, 1), (-1, 1)];

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(1, 9, 3)]
    [InlineData(9, 1, 4)]
    [InlineData(4, 4, 5)]
    public void No_cut_costs_less(int width, int height, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var pulls = new float[width * height];
            foreach (ref var pull in pulls.AsSpan())
                pull = random.Next(-6, 7);
            var prices = new float[width * height * Ahead.Length];
            foreach (ref var price in prices.AsSpan())
                price = random.Next(0, 5);
            var (links, cut) = Build(width, height, pulls, prices);
            cut.Run();
            var found = 0;
            for (var i = 0; i < pulls.Length; i++)
                found |= cut.IsInside(i % width, i / width) ? 1 << i : 0;
            var least = Enumerable.Range(0, 1 << pulls.Length).Min(sides => Cost(sides, width, height, pulls, prices));
            Cost(found, width, height, pulls, prices).ShouldBe(least);
        }
    }

    private static (GridLinks, GridCut) Build(int width, int height, float[] pulls, float[] prices)
    {
        var links = new GridLinks(width, height);
        var cut = new GridCut(links);
        for (var i = 0; i < pulls.Length; i++)
        {
            cut.Pull(i % width, i / width, pulls[i]);
            for (var way = 0; way < Ahead.Length; way++)
                if (Neighbour(i, way, width, height) >= 0)
                    links.Join(links.At(i % width, i / width), 2 * way, prices[i * Ahead.Length + way]);
        }

        return (links, cut);
    }

    /// <summary>What a cut costs: the pulls that are not followed, and the links between its sides.</summary>
    private static float Cost(int sides, int width, int height, float[] pulls, float[] prices)
    {
        var cost = 0f;
        for (var i = 0; i < pulls.Length; i++)
        {
            var inside = (sides >> i & 1) != 0;
            if (inside ? pulls[i] < 0 : pulls[i] > 0)
                cost += MathF.Abs(pulls[i]);
            for (var way = 0; way < Ahead.Length; way++)
                if (Neighbour(i, way, width, height) is >= 0 and var other && (sides >> other & 1) != 0 != inside)
                    cost += prices[i * Ahead.Length + way];
        }

        return cost;
    }

    private static int Neighbour(int cell, int way, int width, int height)
    {
        var (x, y) = (cell % width + Ahead[way].X, cell / width + Ahead[way].Y);
        return x >= 0 && x < width && y < height ? y * width + x : -1;
    }
}
