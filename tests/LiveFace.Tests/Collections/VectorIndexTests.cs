using LiveFace.Features.Collections.State;

namespace LiveFace.Tests.Collections;

/// <summary>The index by itself.</summary>
public sealed class VectorIndexTests : IDisposable
{
    private const int Dimensions = 32;
    private const int Items = 6000;

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
    private readonly Random _random = new(5);

    [Fact]
    public async Task Searches_and_changes_go_on_while_a_snapshot_is_written_and_none_is_lost()
    {
        var path = Path.Combine(_folder, "a.usearch");
        string hash;
        float[] kept = Vector(), late = Vector();
        using (var index = VectorIndex.Open(path, Dimensions, null))
        {
            for (var i = 0; i < Items; i++)
                index.Add((ulong)i, i == 7 ? kept : Vector());
            index.Save().ShouldNotBeNull();
            for (var i = Items; i < 2 * Items; i++)
                index.Add((ulong)i, Vector());
            index.Remove(1);

#pragma warning disable RS0030 // It stands for the thread that writes snapshots.
            var saving = Task.Run(index.Save, TestContext.Current.CancellationToken);
#pragma warning restore RS0030
            var during = 0;
            for (var i = 0ul; !saving.IsCompleted || i < 10; i++, during += saving.IsCompleted ? 0 : 1)
            {
                index.Search(kept, 1)[0].Key.ShouldBe(7ul);
                if (i > 2)
                    continue;
                // One that the snapshot has already, one that it is about to get, and one that it will not have.
                index.Remove(2 + i);
                index.Remove(Items + i);
                index.Add(100_000 + i, i == 0 ? late : Vector());
            }

            during.ShouldBeGreaterThan(5);
            (await saving).ShouldNotBeNull();
            Check(index);
            hash = index.Save().ShouldNotBeNull();
            Check(index);
        }

        using var again = VectorIndex.Open(path, Dimensions, hash);
        again.IsDirty.ShouldBeFalse();
        Check(again);

        void Check(VectorIndex one)
        {
            one.Count.ShouldBe(2 * Items - 1 - 3);
            ulong[] gone = [1, 2, 3, 4, Items, Items + 1, Items + 2];
            gone.ShouldAllBe(key => !one.Contains(key));
            one.Search(late, 1)[0].Key.ShouldBe(100_000ul);
            one.Search(kept, 3000).ShouldAllBe(found => !gone.Contains(found.Key));
        }
    }

    [Fact]
    public void What_came_and_went_while_a_snapshot_could_not_be_written_is_there_and_in_the_next()
    {
        var path = Path.Combine(_folder, "a.usearch");
        string hash;
        float[] one = Vector(), other = Vector();
        using (var index = VectorIndex.Open(path, Dimensions, null))
        {
            index.Add(1, one);
            index.Add(2, Vector());
            Directory.CreateDirectory(path + ".part");
            Should.Throw<Exception>(index.Save);
            index.Add(3, other);
            index.Remove(2);
            (index.Count, index.IsDirty, index.Contains(2)).ShouldBe((2, true, false));
            Directory.Delete(path + ".part");
            hash = index.Save().ShouldNotBeNull();
        }

        using var again = VectorIndex.Open(path, Dimensions, hash);
        again.Count.ShouldBe(2);
        again.Search(one, 1)[0].Key.ShouldBe(1ul);
        again.Search(other, 1)[0].Key.ShouldBe(3ul);
    }

    [Fact]
    public void One_that_was_closed_before_its_snapshot_was_written_leaves_nothing_on_the_disk()
    {
        var index = VectorIndex.Open(Path.Combine(_folder, "a.usearch"), Dimensions, null);
        index.Add(1, Vector());
        index.Dispose();
        index.Save().ShouldBeNull();
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private float[] Vector()
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
            vector[i] = _random.NextSingle() - 0.5f;
        return vector;
    }
}
